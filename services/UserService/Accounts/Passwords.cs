using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace MsaShop.UserService.Accounts;

/// <summary>Hashes passwords and checks them: PBKDF2 with HMAC-SHA-512, salted, at a cost that OWASP recommends.</summary>
/// <param name="hasher">ASP.NET Core Identity's hasher.</param>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>The shortest password.</summary>
    public const int MinLength = 8;

    /// <summary>The longest: more would only cost time.</summary>
    public const int MaxLength = 128;

    /// <summary>How often PBKDF2 runs its function.</summary>
    internal const int Iterations = 210_000;

    private readonly string _nobodysHash = hasher.HashPassword(
        null!,
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
    );

    /// <summary>What to store of a password.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>
    /// Whether this is the user's password. It takes as long where there is no such user, so that the time of an
    /// answer does not tell who has an account.
    /// </summary>
    public bool Match(User? user, string password) =>
        hasher.VerifyHashedPassword(null!, user?.PasswordHash ?? _nobodysHash, password)
            is not PasswordVerificationResult.Failed
        && user is not null;
}
