using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.UserService.Sessions;

/// <summary>How many wrong passwords an account takes: the configuration section <c>LoginAttempts</c>.</summary>
public sealed class LoginAttemptOptions
{
    /// <summary>How many may follow each other at once.</summary>
    public int Burst { get; set; } = 10;

    /// <summary>How long it takes until one more is forgiven.</summary>
    public TimeSpan ForgiveOneEvery { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// Slows the guessing of one account's password, from however many addresses it comes; the gateway slows each address.
/// Nothing is locked, so nobody can lock someone else out for long. It counts in memory, each replica for itself, and for
/// unknown addresses too, so that it does not tell who has an account.
/// </summary>
public sealed class LoginAttempts(IOptions<LoginAttemptOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(email =>
        RateLimitPartition.GetTokenBucketLimiter(
            email,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.Burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = options.Value.ForgiveOneEvery,
            }
        )
    );

    /// <summary>The answer to give instead of looking at the password, if there have been too many wrong ones.</summary>
    public ProblemHttpResult? MustWait(string email) =>
        _limiter.GetStatistics(email) is { CurrentAvailablePermits: 0 }
            ? Problems.TooManyRequests(
                "too_many_attempts",
                "There have been too many wrong passwords for this account.",
                options.Value.ForgiveOneEvery
            )
            : null;

    /// <summary>Counts a wrong password.</summary>
    public void Failed(string email) => _limiter.AttemptAcquire(email).Dispose();

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
