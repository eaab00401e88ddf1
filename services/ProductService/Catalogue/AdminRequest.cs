using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// An administrator's request that takes effect once, however often it comes. Stored with its effect.
/// </summary>
/// <param name="Hash">Tells a repeat from another request with the same key.</param>
internal sealed record AdminRequest(string Key, string Hash)
{
    /// <summary>Of a key and of a hash, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Without an idempotency key, the request gets one of its own.</summary>
    public static AdminRequest Of<TBody>(long userId, string? idempotencyKey, TBody body) =>
        new(
            idempotencyKey is null ? Guid.CreateVersion7().ToString() : KeyOf(userId, idempotencyKey),
            IdempotencyKey.Hash(body)
        );

    private static string KeyOf(long userId, string idempotencyKey) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{userId}:{idempotencyKey}"))
            )
        );
}
