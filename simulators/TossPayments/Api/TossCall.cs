using System.Text.Json;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Api;

/// <summary>An answer of the server API.</summary>
internal sealed record TossAnswer(int Status, string Body);

/// <summary>A request to the server API, with the caller known and the body read.</summary>
/// <param name="KeyPair">Whose secret key it brought.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="English">Whether the answer is wanted in English.</param>
/// <param name="Address">The address that the caller used.</param>
/// <param name="PaymentKey">The key in the path.</param>
/// <param name="OrderId">The order in the path.</param>
/// <param name="Query">The query string.</param>
internal sealed record TossCall(
    KeyPair KeyPair,
    string SecretKey,
    bool English,
    string Address,
    string? PaymentKey,
    string? OrderId,
    IQueryCollection Query
)
{
    /// <summary>The body: an object; empty where there is none.</summary>
    public JsonElement Body { get; init; }

    /// <summary>A member that is a string, or null.</summary>
    public string? Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A member that is a whole number of won, or null.</summary>
    public long? Won(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDecimal(out var won)
        && decimal.IsInteger(won)
        && Math.Abs(won) < long.MaxValue
            ? (long)won
            : null;

    /// <summary>Whether the member is absent, null, or a whole number of won that is not below the minimum.</summary>
    public bool IsWonOrAbsent(string name, long minimum) =>
        Find(name) is null or { ValueKind: JsonValueKind.Null } || Won(name) >= minimum;

    public TossAnswer Error(TossError error) => Errors.Answer(error, English);

    private JsonElement? Find(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value : null;
}

/// <summary>Writes errors as Toss does.</summary>
internal static class Errors
{
    public static TossAnswer Answer(TossError error, bool english) =>
        new(error.Status, TossJson.Write(new { code = error.Code, message = error.Message(english) }));
}
