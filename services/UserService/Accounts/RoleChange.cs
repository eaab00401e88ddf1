using System.ComponentModel.DataAnnotations;

namespace MsaShop.UserService.Accounts;

/// <summary>A new role for a user.</summary>
/// <param name="Role">The role.</param>
public sealed record RoleChange([Required] UserRole? Role);

/// <summary>That somebody has changed somebody's role. It is written once and stays.</summary>
public sealed class RoleChanged
{
    /// <summary>The key.</summary>
    public long Id { get; init; }

    /// <summary>Whose role it is.</summary>
    public long UserId { get; init; }

    /// <summary>The administrator who changed it.</summary>
    public long ChangedBy { get; init; }

    /// <summary>The role before.</summary>
    public UserRole OldRole { get; init; }

    /// <summary>The role from then on.</summary>
    public UserRole NewRole { get; init; }

    /// <summary>When.</summary>
    public DateTime ChangedAt { get; init; }
}
