using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.UserService.Sessions;

/// <summary>The configuration section <c>LoginAttempts</c>: token buckets of wrong passwords.</summary>
public sealed class LoginAttemptOptions
{
    /// <summary>The wrong passwords that a source may send at once.</summary>
    public int Burst { get; set; } = 10;

    /// <summary>The time until a source may send one more.</summary>
    public TimeSpan ForgiveOneEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wrong passwords that all sources together may send at once.</summary>
    public int AccountBurst { get; set; } = 100;

    /// <summary>
    /// The time until any source may send one more. Must be short enough that a few sources cannot use up the limit, or
    /// they would lock the owner out.
    /// </summary>
    public TimeSpan ForgiveOneOfAccountEvery { get; set; } = TimeSpan.FromSeconds(2);
}

/// <param name="Account">The e-mail address, whether or not the account exists.</param>
/// <param name="Source">A known device, or an address.</param>
/// <param name="CountsForAccount">
/// Whether it counts against the limit of all unknown sources, and is refused by it.
/// </param>
public sealed record Guess(string Account, string Source, bool CountsForAccount);

/// <summary>
/// Slows down guessing an account's password. Each source has its own limit, so that a stranger's wrong passwords keep
/// nobody else out. All unknown sources share another one, against guessing from many addresses. It applies neither to
/// devices that have signed in to the account before, nor to administrators' accounts, which somebody could otherwise block
/// when they are needed most.
/// <para>
/// Nothing is locked. Counts are in memory, by replica, and also for unknown addresses, so that they do not reveal
/// accounts.
/// </para>
/// </summary>
public sealed class LoginAttempts(IOptions<LoginAttemptOptions> options) : IDisposable
{
    /// <summary>The passwords of one source and account that may wait to be checked.</summary>
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
    /// Waits until the source's earlier passwords have been checked: otherwise many at once would be checked before the
    /// first counts. Dispose of the turn once the password is counted.
    /// </summary>
    public ValueTask<RateLimitLease> WaitForTurnAsync(Guess guess, CancellationToken cancellationToken) =>
        _turns.AcquireAsync(guess, cancellationToken: cancellationToken);

    /// <summary>
    /// The refusal to send instead of checking the password, if there were too many wrong ones; null otherwise.
    /// </summary>
    public ProblemHttpResult? MustWait(Guess guess, RateLimitLease turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return !turn.IsAcquired || IsUsedUp(_ofSource, guess) ? Wait(options.Value.ForgiveOneEvery)
            : IsUsedUp(_ofAccount, guess) ? Wait(options.Value.ForgiveOneOfAccountEvery)
            : null;
    }

    public void Failed(Guess guess)
    {
        _ofSource.AttemptAcquire(guess).Dispose();
        _ofAccount.AttemptAcquire(guess).Dispose();
    }

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
