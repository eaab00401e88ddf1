namespace MsaShop.UserService.Accounts;

public sealed class User
{
    public const int MaxEmailLength = 50;

    public const int MaxNameLength = 30;

    public const int MaxPhoneLength = 20;

    public long Id { get; init; }

    /// <summary>Normalised by <see cref="EmailAddresses.Normalize"/>; unique.</summary>
    public required string Email { get; init; }

    /// <summary>By <see cref="Passwords"/>.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Rises with each new password: a session is valid only with the password that it was made with.</summary>
    public int PasswordVersion { get; private set; }

    public required string Name { get; set; }
    public string? Phone { get; set; }

    /// <summary>Only an administrator changes it.</summary>
    public UserRole Role { get; set; }

    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Changes the password, which invalidates earlier sessions.</summary>
    /// <param name="hash">By <see cref="Passwords"/>.</param>
    public void ChangePassword(string hash)
    {
        PasswordHash = hash;
        PasswordVersion++;
    }
}

public enum UserRole
{
    User,
    Admin,
}

/// <summary>A user as the API shows them.</summary>
/// <param name="CreatedAt">When they signed up.</param>
public sealed record UserResponse(long Id, string Email, string Name, string? Phone, UserRole Role, DateTime CreatedAt);

public static class UserMapping
{
    /// <summary>Everything but the password.</summary>
    public static UserResponse ToResponse(this User user) =>
        new(user.Id, user.Email, user.Name, user.Phone, user.Role, user.CreatedAt);
}
