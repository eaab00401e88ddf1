using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.UserService.Accounts;

/// <summary>Hashes passwords and checks them: PBKDF2 with HMAC-SHA-512, salted, at a cost that OWASP recommends.</summary>
/// <param name="hasher">ASP.NET Core Identity's hasher.</param>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>The shortest password.</summary>
    public const int MinLength = 8;

    /// <summary>The longest: more would only cost time.</summary>
    public const int MaxLength = 128;

    /// <summary>The longest as it may come in where one is checked: typed apart, a letter is up to three.</summary>
    public const int MaxTypedLength = 3 * MaxLength;

    /// <summary>How often PBKDF2 runs its function.</summary>
    internal const int Iterations = 210_000;

    private readonly string _nobodysHash = hasher.HashPassword(
        null!,
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
    );

    /// <summary>What to store of a password.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, PasswordConverter.Normalize(password));

    /// <summary>Whether this is the user's password.</summary>
    public bool Match(User? user, string password) => Check(user, password) is not PasswordMatch.No;

    /// <summary>
    /// Whether this is the user's password, and whether its hash is what it would be today. It takes as long where there is no
    /// such user, so that the time of an answer does not tell who has an account.
    /// </summary>
    public PasswordMatch Check(User? user, string password)
    {
        var hash = user?.PasswordHash ?? _nobodysHash;
        var normal = PasswordConverter.Normalize(password);
        var result = hasher.VerifyHashedPassword(null!, hash, normal);
        // Older hashes are of what was typed, letter by letter.
        if (result is PasswordVerificationResult.Failed && normal != password)
        {
            result =
                hasher.VerifyHashedPassword(null!, hash, password) is PasswordVerificationResult.Failed
                    ? PasswordVerificationResult.Failed
                    : PasswordVerificationResult.SuccessRehashNeeded;
        }

        return user is null || result is PasswordVerificationResult.Failed ? PasswordMatch.No
            : result is PasswordVerificationResult.SuccessRehashNeeded ? PasswordMatch.YesByOldHash
            : PasswordMatch.Yes;
    }
}

/// <summary>Whether a password is the user's.</summary>
public enum PasswordMatch
{
    /// <summary>It is not, or there is no user.</summary>
    No,

    /// <summary>It is.</summary>
    Yes,

    /// <summary>It is, and should be hashed anew: the hash is a cheaper one, or of the password as it was typed.</summary>
    YesByOldHash,
}
