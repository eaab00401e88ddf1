using System.Security.Cryptography;
using System.Text.Json;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>The header that identifies a repeated request, which gets the first one's answer.</summary>
public static class IdempotencyKey
{
    /// <summary>The request header.</summary>
    public const string HeaderName = "Idempotency-Key";

    /// <summary>The response header of a replayed answer.</summary>
    public const string ReplayedHeaderName = "Idempotency-Replayed";

    /// <summary>The maximum length of a key.</summary>
    public const int MaxLength = 255;

    /// <summary>The error message for an invalid key.</summary>
    public const string Requirement = "The header Idempotency-Key must have 1 to 255 printable ASCII letters.";

    /// <summary>Whether the header is absent or a valid key.</summary>
    public static bool IsValid(string? key) =>
        key is null || key is { Length: > 0 and <= MaxLength } && key.All(letter => letter is >= ' ' and <= '~');

    /// <summary>A hash for comparing requests by their content, not by how their JSON was written.</summary>
    public static string Hash<TRequest>(TRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ShopJson.Options)));
}
