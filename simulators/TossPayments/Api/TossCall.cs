using System.Text.Json;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Api;

internal sealed record TossAnswer(int Status, string Body);

/// <summary>A request to the server API, authenticated and with its body read.</summary>
/// <param name="English">Whether the answer should be in English.</param>
/// <param name="Address">The address that the caller used.</param>
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
    /// <summary>An object; empty if the request has no body.</summary>
    public JsonElement Body { get; init; }

    /// <summary>A string member, or null.</summary>
    public string? Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A member with a whole number of won, or null.</summary>
    public long? Won(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDecimal(out var won)
        && decimal.IsInteger(won)
        && Math.Abs(won) < long.MaxValue
            ? (long)won
            : null;

    /// <summary>Whether the member is absent, null, or a whole number of won, at least the minimum.</summary>
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
