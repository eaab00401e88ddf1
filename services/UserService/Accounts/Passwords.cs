using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.UserService.Accounts;

/// <summary>
/// Hashes and checks passwords: PBKDF2 with HMAC-SHA-512, salted, with the iterations that OWASP recommends.
/// </summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>In characters.</summary>
    public const int MinLength = 8;

    /// <summary>In characters; longer ones would only cost time.</summary>
    public const int MaxLength = 128;

    /// <summary>The longest password accepted for a check: decomposed, a character has up to three code points.</summary>
    public const int MaxTypedLength = 3 * MaxLength;

    public const int Iterations = 210_000;

    private readonly string _nobodysHash = hasher.HashPassword(
        null!,
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
    );

    public string Hash(string password) => hasher.HashPassword(null!, PasswordConverter.Normalize(password));

    public bool Match(User? user, string password) => Check(user, password) is not PasswordMatch.No;

    /// <summary>
    /// Also tells whether the hash is outdated. Takes as long without a user, so that the time of an answer does not reveal
    /// accounts.
    /// </summary>
    public PasswordMatch Check(User? user, string password)
    {
        var hash = user?.PasswordHash ?? _nobodysHash;
        var normal = PasswordConverter.Normalize(password);
        var result = hasher.VerifyHashedPassword(null!, hash, normal);
        // Older hashes are of the password as typed, not normalised.
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

public enum PasswordMatch
{
    /// <summary>Wrong, or there is no such user.</summary>
    No,

    Yes,

    /// <summary>Right, but the hash should be renewed: it is a cheaper one, or of the password as typed.</summary>
    YesByOldHash,
}
