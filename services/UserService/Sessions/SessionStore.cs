using System.ComponentModel.DataAnnotations;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>The configuration section <c>RefreshTokens</c>.</summary>
public sealed class RefreshTokenOptions
{
    /// <summary>How long an unused token is valid.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a used token still leads to its successor.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an expired token is kept, in case a replica's clock is behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepExpired { get; set; } = TimeSpan.FromDays(1);
}

public sealed record Session(User User, RefreshTokenValue Token, DateTime ExpiresAt);

/// <summary>
/// Creates, exchanges and revokes refresh tokens.
/// <para>
/// A token is exchanged once. If it comes again, two parties have it, one of whom may be a thief: the whole family is
/// revoked, and the user signs in again. But two tabs that refresh at once, or a lost answer, look the same. Therefore a
/// used token still works for a few seconds, and always gives the same successor, derived from it with a secret key. This
/// cannot start a second line of tokens: thief and user would hold the same successor, and the later use reveals the theft.
/// </para>
/// <para>
/// A session is valid only with the password that it was made with, and everything that starts, exchanges or ends one locks
/// the user's row (<see cref="UserLock"/>). What coincides with a new password or role therefore comes before it, and is
/// ended by it, or after it.
/// </para>
/// </summary>
public sealed class SessionStore(
    UserDbContext database,
    SigningKey key,
    IOptions<RefreshTokenOptions> options,
    TimeProvider time,
    ILogger<SessionStore> logger
)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Starts a family for a user whose password was just checked; null if it has changed since.</summary>
    public Task<Session?> StartAsync(User user, CancellationToken cancellationToken) =>
        database.TransactAsync(
            // Safe to repeat: a token whose commit got no answer was never given to anybody.
            async token =>
            {
                var current = await database.LockUserAsync(user.Id, token);
                if (current?.PasswordVersion != user.PasswordVersion)
                {
                    return null;
                }

                await ForgetExpiredAsync(user.Id, token);
                var value = RefreshTokenValue.Create();
                var first = Add(current, Guid.NewGuid(), value);
                return new Session(current, value, first.ExpiresAt);
            },
            cancellationToken
        );

    /// <summary>Exchanges a token for the next; null if it is unknown, expired, revoked or replayed.</summary>
    public async Task<Session?> ExchangeAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var next = value.Next(key.RefreshTokenKey);
        return await OwnerOfAsync(value, cancellationToken) is { } userId
            ? await database.TransactAsync(
                async token =>
                    await database.LockUserAsync(userId, token) is { } user
                    && await FindAsync(value, token) is { } known
                        ? await GoOnAsync(user, known, value, next, token)
                        : null,
                cancellationToken,
                wasDone: token => IsStoredAsync(next, token)
            )
            : null;
    }

    /// <summary>Ends the session of a token, used or not.</summary>
    public async Task RevokeAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        if (await OwnerOfAsync(value, cancellationToken) is { } userId)
        {
            await EndAsync(
                userId,
                async token =>
                {
                    if (await FindAsync(value, token) is { } known)
                    {
                        await RevokeFamilyAsync(known.FamilyId, token);
                    }
                },
                cancellationToken
            );
        }
    }

    /// <summary>The session's user; null if it has ended or the token was used.</summary>
    public Task<long?> FindOwnerAsync(RefreshTokenValue value, CancellationToken cancellationToken) =>
        Valid(value)
            .Where(token => token.UsedAt == null)
            .Select(token => (long?)token.UserId)
            .SingleOrDefaultAsync(cancellationToken);

    public Task RevokeAllAsync(long userId, CancellationToken cancellationToken) =>
        EndAsync(userId, token => EndAllAsync(userId, token), cancellationToken);

    /// <summary>Ends all sessions of a user whom the current transaction has locked.</summary>
    public Task EndAllAsync(long userId, CancellationToken cancellationToken) =>
        database.RefreshTokens.Where(token => token.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// Ends all sessions of a user with a new password but this token's, which goes on with the new password. The current
    /// transaction has locked the user.
    /// </summary>
    public async Task EndOthersAsync(User user, RefreshTokenValue? except, CancellationToken cancellationToken)
    {
        var kept = except is { } value ? (await FindAsync(value, cancellationToken))?.FamilyId : null;
        await database
            .RefreshTokens.Where(token => token.UserId == user.Id && token.FamilyId != (kept ?? Guid.Empty))
            .ExecuteDeleteAsync(cancellationToken);
        await database
            .RefreshTokens.Where(token => token.UserId == user.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(token => token.PasswordVersion, user.PasswordVersion),
                cancellationToken
            );
    }

    /// <summary>Ends sessions of a user, who can neither sign in nor refresh meanwhile.</summary>
    private Task<bool> EndAsync(long userId, Func<CancellationToken, Task> end, CancellationToken cancellationToken) =>
        database.TransactAsync(
            // Safe to repeat.
            async token =>
            {
                await database.LockUserAsync(userId, token);
                await end(token);
                return true;
            },
            cancellationToken
        );

    private async Task<Session?> GoOnAsync(
        User user,
        RefreshToken known,
        RefreshTokenValue value,
        RefreshTokenValue next,
        CancellationToken cancellationToken
    )
    {
        if (known.PasswordVersion != user.PasswordVersion)
        {
            await RevokeFamilyAsync(known.FamilyId, cancellationToken);
            return null;
        }

        if (known.UsedAt is not null)
        {
            return await FollowAsync(user, known, value, cancellationToken);
        }

        await ForgetExpiredAsync(user.Id, cancellationToken);
        known.UsedAt = Now;
        var successor = Add(user, known.FamilyId, next);
        return new Session(user, next, successor.ExpiresAt);
    }

    /// <summary>Follows the successors of a used token to the unused one.</summary>
    private async Task<Session?> FollowAsync(
        User user,
        RefreshToken used,
        RefreshTokenValue value,
        CancellationToken cancellationToken
    )
    {
        for (var token = used; token is not null; token = await FindAsync(value, cancellationToken))
        {
            if (token.UsedAt is null)
            {
                return new Session(user, value, token.ExpiresAt);
            }

            if (Now - token.UsedAt > options.Value.Grace)
            {
                logger.LogWarning(
                    "A refresh token of user {UserId} was used again; session {FamilyId} is revoked",
                    token.UserId,
                    token.FamilyId
                );
                await RevokeFamilyAsync(token.FamilyId, cancellationToken);
                return null;
            }

            value = value.Next(key.RefreshTokenKey);
        }

        return null;
    }

    private async Task<RefreshToken?> FindAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var (hash, now) = (value.Hash(), Now);
        // A locking read: the row as it is now, not as it was at the transaction's first read.
        var found = await database
            .RefreshTokens.FromSql(
                $"SELECT * FROM refresh_tokens WHERE token_hash = {hash} AND expires_at > {now} FOR UPDATE"
            )
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>The token's user. Nothing else of it is trusted before the user is locked.</summary>
    private Task<long?> OwnerOfAsync(RefreshTokenValue value, CancellationToken cancellationToken) =>
        Valid(value).Select(token => (long?)token.UserId).SingleOrDefaultAsync(cancellationToken);

    private Task<bool> IsStoredAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var hash = value.Hash();
        return database.RefreshTokens.AnyAsync(token => token.TokenHash == hash, cancellationToken);
    }

    private IQueryable<RefreshToken> Valid(RefreshTokenValue value)
    {
        var (hash, now) = (value.Hash(), Now);
        return database.RefreshTokens.Where(token => token.ExpiresAt > now && token.TokenHash == hash);
    }

    private RefreshToken Add(User user, Guid familyId, RefreshTokenValue value) =>
        database
            .RefreshTokens.Add(
                new RefreshToken
                {
                    UserId = user.Id,
                    FamilyId = familyId,
                    PasswordVersion = user.PasswordVersion,
                    TokenHash = value.Hash(),
                    CreatedAt = Now,
                    ExpiresAt = Now + options.Value.Lifetime,
                }
            )
            .Entity;

    private Task<int> RevokeFamilyAsync(Guid familyId, CancellationToken cancellationToken) =>
        database.RefreshTokens.Where(token => token.FamilyId == familyId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Keeps the table small: expired tokens can be neither used nor replayed.</summary>
    private Task<int> ForgetExpiredAsync(long userId, CancellationToken cancellationToken)
    {
        var now = Now;
        return database
            .RefreshTokens.Where(token => token.UserId == userId && token.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
