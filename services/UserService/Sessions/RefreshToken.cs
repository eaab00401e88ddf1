using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>
/// One refresh token. It is good for one use, which makes its successor; all that descend from one login are a family.
/// </summary>
public sealed class RefreshToken
{
    public long Id { get; init; }

    public long UserId { get; init; }

    public User User { get; init; } = null!;

    /// <summary>The login that it descends from.</summary>
    public Guid FamilyId { get; init; }

    /// <summary>The <see cref="User.PasswordVersion"/> that the session was made with.</summary>
    public int PasswordVersion { get; init; }

    /// <summary>The SHA-256 of the token; the token itself is only in the browser.</summary>
    public required byte[] TokenHash { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When it stops being good for anything.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>When it was used, if it was. Of two who use it at once, the first to set this wins.</summary>
    public DateTime? UsedAt { get; set; }
}
