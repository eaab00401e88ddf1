using System.ComponentModel.DataAnnotations;

namespace MsaShop.UserService.Accounts;

/// <summary>A new role for a user.</summary>
public sealed record RoleChange([Required] UserRole? Role);

/// <summary>A change of a user's role. Never updated.</summary>
public sealed class RoleChanged
{
    public long Id { get; init; }
    public long UserId { get; init; }

    /// <summary>The administrator who changed it.</summary>
    public long ChangedBy { get; init; }

    public UserRole OldRole { get; init; }
    public UserRole NewRole { get; init; }
    public DateTime ChangedAt { get; init; }
}
