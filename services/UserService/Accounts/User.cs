namespace MsaShop.UserService.Accounts;

public sealed class User
{
    /// <summary>The longest e-mail address that fits.</summary>
    public const int MaxEmailLength = 50;

    public const int MaxNameLength = 30;

    /// <summary>The longest phone number that fits.</summary>
    public const int MaxPhoneLength = 20;

    public long Id { get; init; }

    /// <summary>The e-mail address, as <see cref="EmailAddresses.Normalize"/> makes it; unique.</summary>
    public required string Email { get; init; }

    /// <summary>The hash that <see cref="Passwords"/> made.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Which password this is, counted: a session is worth something only with the one that it was made with.</summary>
    public int PasswordVersion { get; private set; }

    public required string Name { get; set; }

    public string? Phone { get; set; }

    /// <summary>What they may do. Only an administrator changes it.</summary>
    public UserRole Role { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When anything above last changed.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Takes another password. The sessions made with the one before are worth nothing from then on.</summary>
    /// <param name="hash">The hash that <see cref="Passwords"/> made.</param>
    public void ChangePassword(string hash)
    {
        PasswordHash = hash;
        PasswordVersion++;
    }
}

/// <summary>What a user may do.</summary>
public enum UserRole
{
    /// <summary>Shops.</summary>
    User,

    /// <summary>Manages the shop.</summary>
    Admin,
}

/// <summary>A user as the API shows them.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name.</param>
/// <param name="Phone">The phone number.</param>
/// <param name="Role">The role.</param>
/// <param name="CreatedAt">When they signed up.</param>
public sealed record UserResponse(long Id, string Email, string Name, string? Phone, UserRole Role, DateTime CreatedAt);

public static class UserMapping
{
    /// <summary>What the API shows of a user: everything but the password.</summary>
    public static UserResponse ToResponse(this User user) =>
        new(user.Id, user.Email, user.Name, user.Phone, user.Role, user.CreatedAt);
}
