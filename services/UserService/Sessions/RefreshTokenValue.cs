using System.Buffers.Text;
using System.Security.Cryptography;

namespace MsaShop.UserService.Sessions;

/// <summary>The 256 bits of a refresh token.</summary>
public readonly record struct RefreshTokenValue
{
    private const int Size = 32;

    private readonly byte[] _bytes;

    private RefreshTokenValue(byte[] bytes) => _bytes = bytes;

    public static RefreshTokenValue Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Parses the result of <see cref="ToString"/>; null for anything else.</summary>
    public static RefreshTokenValue? Parse(string? text)
    {
        var bytes = new byte[Size];
        return
            text is { Length: 43 }
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length == Size
            ? new(bytes)
            : null;
    }

    /// <summary>For the database.</summary>
    public byte[] Hash() => SHA256.HashData(_bytes);

    /// <summary>The token's successor: always the same, and unknown without the key.</summary>
    public RefreshTokenValue Next(byte[] key) => new(HMACSHA256.HashData(key, _bytes));

    /// <summary>For the cookie.</summary>
    public override string ToString() => Base64Url.EncodeToString(_bytes);
}
