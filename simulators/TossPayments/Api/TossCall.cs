using System.Text.Json;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Api;

internal sealed record TossAnswer(int Status, string Body);

/// <summary>An authenticated request to the server API, with its body read.</summary>
/// <param name="KeyPair">The pair of the secret key that the caller used.</param>
/// <param name="English">Whether the caller prefers English.</param>
/// <param name="Address">The address under which the caller reached the simulator.</param>
/// <param name="PaymentKey">The payment key in the path.</param>
/// <param name="OrderId">The order id in the path.</param>
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
    /// <summary>The JSON object in the body; undefined if there is none.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The value of a string member, or null.</summary>
    public string? Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The value of a member that is a whole number of won, or null.</summary>
    public long? Won(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDecimal(out var won)
        && decimal.IsInteger(won)
        && Math.Abs(won) < long.MaxValue
            ? (long)won
            : null;

    /// <summary>Whether the member is absent, null, or a whole number of won not below the minimum.</summary>
    public bool IsWonOrAbsent(string name, long minimum) =>
        Find(name) is null or { ValueKind: JsonValueKind.Null } || Won(name) >= minimum;

    public TossAnswer Error(TossError error) => Errors.Answer(error, English);

    private JsonElement? Find(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value : null;
}

internal static class Errors
{
    public static TossAnswer Answer(TossError error, bool english) =>
        new(error.Status, TossJson.Write(new { code = error.Code, message = error.Message(english) }));
}
