using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.UserService.Sessions;

/// <summary>How many wrong passwords an account takes: the configuration section <c>LoginAttempts</c>.</summary>
public sealed class LoginAttemptOptions
{
    /// <summary>How many from one source may follow each other at once.</summary>
    public int Burst { get; set; } = 10;

    /// <summary>How long it takes until one more from that source is forgiven.</summary>
    public TimeSpan ForgiveOneEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many from all sources together may follow each other at once.</summary>
    public int AccountBurst { get; set; } = 100;

    /// <summary>
    /// How long it takes until one more from anywhere is forgiven. What a few sources may guess must not use this up, or
    /// they would keep the owner out.
    /// </summary>
    public TimeSpan ForgiveOneOfAccountEvery { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Who tries a password.</summary>
/// <param name="Account">The e-mail address, whether or not there is such an account.</param>
/// <param name="Source">Where it comes from: a device that is known, or an address.</param>
/// <param name="CountsForAccount">Whether it counts together with what comes from elsewhere, and is refused with it.</param>
public sealed record Guess(string Account, string Source, bool CountsForAccount);

/// <summary>
/// Slows the guessing of an account's password, by who guesses. Each source has a limit of its own, so that a stranger's wrong
/// passwords keep nobody else out. All strange sources together have another, against many addresses that guess at one
/// account; it holds neither for a device that has signed in to the account before, nor for an administrator's account,
/// which somebody could otherwise close when it is needed most.
/// <para>
/// Nothing is locked. It counts in memory, each replica for itself, and for unknown addresses too, so that it does not tell
/// who has an account.
/// </para>
/// </summary>
public sealed class LoginAttempts(IOptions<LoginAttemptOptions> options) : IDisposable
{
    /// <summary>How many passwords of one source and account wait to be looked at.</summary>
    private const int Waiting = 20;

    private readonly PartitionedRateLimiter<Guess> _ofSource = PartitionedRateLimiter.Create<Guess, (string, string)>(
        guess => Bucket((guess.Account, guess.Source), options.Value.Burst, options.Value.ForgiveOneEvery)
    );

    private readonly PartitionedRateLimiter<Guess> _ofAccount = PartitionedRateLimiter.Create<Guess, string>(guess =>
        guess.CountsForAccount
            ? Bucket(guess.Account, options.Value.AccountBurst, options.Value.ForgiveOneOfAccountEvery)
            : RateLimitPartition.GetNoLimiter("")
    );

    private readonly PartitionedRateLimiter<Guess> _turns = PartitionedRateLimiter.Create<Guess, (string, string)>(
        guess =>
            RateLimitPartition.GetConcurrencyLimiter(
                (guess.Account, guess.Source),
                _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = Waiting }
            )
    );

    /// <summary>
    /// Waits until the passwords that the same source tried before have been looked at: many at once would all be looked at
    /// before the first of them counts. Dispose of the turn when the password has been counted.
    /// </summary>
    public ValueTask<RateLimitLease> WaitForTurnAsync(Guess guess, CancellationToken cancellationToken) =>
        _turns.AcquireAsync(guess, cancellationToken: cancellationToken);

    /// <summary>The answer to give instead of looking at the password, if there have been too many wrong ones.</summary>
    public ProblemHttpResult? MustWait(Guess guess, RateLimitLease turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return !turn.IsAcquired || IsUsedUp(_ofSource, guess) ? Wait(options.Value.ForgiveOneEvery)
            : IsUsedUp(_ofAccount, guess) ? Wait(options.Value.ForgiveOneOfAccountEvery)
            : null;
    }

    /// <summary>Counts a wrong password.</summary>
    public void Failed(Guess guess)
    {
        _ofSource.AttemptAcquire(guess).Dispose();
        _ofAccount.AttemptAcquire(guess).Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ofSource.Dispose();
        _ofAccount.Dispose();
        _turns.Dispose();
    }

    private static bool IsUsedUp(PartitionedRateLimiter<Guess> limiter, Guess guess) =>
        limiter.GetStatistics(guess) is { CurrentAvailablePermits: 0 };

    private static ProblemHttpResult Wait(TimeSpan time) =>
        Problems.TooManyRequests(
            "too_many_attempts",
            "There have been too many wrong passwords for this account.",
            time
        );

    private static RateLimitPartition<TKey> Bucket<TKey>(TKey key, int burst, TimeSpan forgiveOneEvery) =>
        RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = forgiveOneEvery,
            }
        );
}
