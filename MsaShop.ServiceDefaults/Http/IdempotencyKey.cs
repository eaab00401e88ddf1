using System.Security.Cryptography;
using System.Text.Json;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// The header with which a client marks a repeated request: it gets the first one's response, and nothing is done twice.
/// </summary>
public static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string HeaderName = "Idempotency-Key";

    /// <summary>Marks a response as an earlier one.</summary>
    public const string ReplayedHeaderName = "Idempotency-Replayed";

    /// <summary>In characters.</summary>
    public const int MaxLength = 255;

    /// <summary>The error message for an invalid key.</summary>
    public const string Requirement = "The header Idempotency-Key must have 1 to 255 printable ASCII letters.";

    /// <summary>Whether the header is absent, or a key.</summary>
    public static bool IsValid(string? key) =>
        key is null || key is { Length: > 0 and <= MaxLength } && key.All(letter => letter is >= ' ' and <= '~');

    /// <summary>Identifies a body by its meaning, not by how it was written.</summary>
    public static string Hash<TRequest>(TRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ShopJson.Options)));
}
