using System.Buffers.Text;
using System.Security.Cryptography;

namespace MsaShop.UserService.Sessions;

/// <summary>The 256 bits of a refresh token, as the browser keeps them.</summary>
public readonly record struct RefreshTokenValue
{
    private const int Size = 32;

    private readonly byte[] _bytes;

    private RefreshTokenValue(byte[] bytes) => _bytes = bytes;

    /// <summary>A new one, from the system's random numbers.</summary>
    public static RefreshTokenValue Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
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

    /// <summary>What the database keeps.</summary>
    public byte[] Hash() => SHA256.HashData(_bytes);

    /// <summary>The token that follows this one: always the same, and unknown to anyone without the key.</summary>
    public RefreshTokenValue Next(byte[] key) => new(HMACSHA256.HashData(key, _bytes));

    /// <summary>As the cookie carries it.</summary>
    public override string ToString() => Base64Url.EncodeToString(_bytes);
}
