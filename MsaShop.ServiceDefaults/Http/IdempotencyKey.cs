using System.Security.Cryptography;
using System.Text.Json;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// The header by which a client says that a request is the same one again: it gets the first one's answer, and nothing
/// is done twice.
/// </summary>
public static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string HeaderName = "Idempotency-Key";

    /// <summary>The header that says that an answer is an earlier one.</summary>
    public const string ReplayedHeaderName = "Idempotency-Replayed";

    /// <summary>The most letters that a key may have.</summary>
    public const int MaxLength = 255;

    /// <summary>Why a key is refused.</summary>
    public const string Requirement = "The header Idempotency-Key must have 1 to 255 printable ASCII letters.";

    /// <summary>Whether the header is absent, or a key.</summary>
    public static bool IsValid(string? key) =>
        key is null || key is { Length: > 0 and <= MaxLength } && key.All(letter => letter is >= ' ' and <= '~');

    /// <summary>By which bodies are compared: what was understood of them, not how it was written.</summary>
    public static string Hash<TRequest>(TRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ShopJson.Options)));
}
