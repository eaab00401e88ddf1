using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Catalogue;

/// <summary>A request of an administrator's that is carried out once, however often it comes. Kept with what it did.</summary>
/// <param name="Key">Tells it from all others.</param>
/// <param name="Hash">What it says, to tell its repeat from another one with its key.</param>
internal sealed record AdminRequest(string Key, string Hash)
{
    /// <summary>The most letters of a key and of a hash.</summary>
    public const int MaxLength = 64;

    /// <summary>The request of this administrator; one without an idempotency key has one of its own.</summary>
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
