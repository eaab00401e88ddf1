using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>A refresh token. Its one use makes its successor; all descendants of one login are a family.</summary>
public sealed class RefreshToken
{
    public long Id { get; init; }
    public long UserId { get; init; }
    public User User { get; init; } = null!;

    /// <summary>The login that it descends from.</summary>
    public Guid FamilyId { get; init; }

    /// <summary>The <see cref="User.PasswordVersion"/> with which the session is valid.</summary>
    public int PasswordVersion { get; init; }

    /// <summary>The token's SHA-256; the token itself is only in the browser.</summary>
    public required byte[] TokenHash { get; init; }

    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }

    /// <summary>Null until it is used. Of two who use it at once, the first to set this wins.</summary>
    public DateTime? UsedAt { get; set; }
}
