using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>How refresh tokens behave: the configuration section <c>RefreshTokens</c>.</summary>
public sealed class RefreshTokenOptions
{
    /// <summary>How long a token is good if it is not used.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long after its use a token still leads to its successor.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an expired token is kept, should a replica's clock be behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepExpired { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>A signed-in user and the refresh token to go on with.</summary>
/// <param name="User">Who it is.</param>
/// <param name="Token">The token for the cookie.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record Session(User User, RefreshTokenValue Token, DateTime ExpiresAt);

/// <summary>
/// Makes refresh tokens, exchanges them and revokes them.
/// <para>
/// A token is exchanged once. If it comes again, two parties have it, and one of them may be a thief: the whole family
/// goes, and the user signs in again. But two tabs that refresh at once, or an answer lost on the way, look the same. So for a few
/// seconds after its use a token still answers, and always with the same successor, which is derived from it with a
/// secret key. Nobody gains a second line of tokens by that: a thief and the user would hold the same successor, and
/// whoever uses it later gives the theft away.
/// </para>
/// <para>
/// A session is worth something only with the password that it was made with, and all that makes, exchanges or ends one
/// holds the user's row (<see cref="UserLock"/>). So whatever comes at the same time as a new password or a new role comes
/// before it, and is ended by it, or after it.
/// </para>
/// </summary>
public sealed class SessionStore(
    UserDbContext db,
    SigningKey key,
    IOptions<RefreshTokenOptions> options,
    TimeProvider time,
    ILogger<SessionStore> logger
)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Starts a family for a user whose password has just been checked; null if it is another one by now.
    /// </summary>
    /// <param name="user">The user with whose password it was checked.</param>
    public Task<Session?> StartAsync(User user, CancellationToken cancellationToken) =>
        db.TransactAsync(
            // Nobody was told of a token whose commit went without an answer, so it is nobody's.
            async token =>
            {
                var current = await db.LockUserAsync(user.Id, token);
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
            ? await db.TransactAsync(
                async token =>
                    await db.LockUserAsync(userId, token) is { } user && await FindAsync(value, token) is { } known
                        ? await GoOnAsync(user, known, value, next, token)
                        : null,
                cancellationToken,
                wasDone: token => IsStoredAsync(next, token)
            )
            : null;
    }

    /// <summary>Ends the session that a token belongs to, used or not.</summary>
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

    /// <summary>Whose session this is; null if it has ended or the token has been used.</summary>
    public async Task<long?> FindOwnerAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var hash = value.Hash();
        return await Valid()
            .Where(token => token.TokenHash == hash && token.UsedAt == null)
            .Select(token => (long?)token.UserId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ends all sessions of a user.</summary>
    public Task RevokeAllAsync(long userId, CancellationToken cancellationToken) =>
        EndAsync(userId, token => EndAllAsync(userId, token), cancellationToken);

    /// <summary>Ends all sessions of a user, within a transaction that has locked them.</summary>
    public Task EndAllAsync(long userId, CancellationToken cancellationToken) =>
        db.RefreshTokens.Where(token => token.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// Ends all sessions of a user who takes another password, but for the one that a token belongs to: it goes on with
    /// the new password. Within a transaction that has locked the user.
    /// </summary>
    public async Task EndOthersAsync(User user, RefreshTokenValue? except, CancellationToken cancellationToken)
    {
        var kept = except is { } value ? (await FindAsync(value, cancellationToken))?.FamilyId : null;
        await db
            .RefreshTokens.Where(token => token.UserId == user.Id && token.FamilyId != (kept ?? Guid.Empty))
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .RefreshTokens.Where(token => token.UserId == user.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(token => token.PasswordVersion, user.PasswordVersion),
                cancellationToken
            );
    }

    /// <summary>Ends sessions of a user, whom nobody else signs in or refreshes meanwhile.</summary>
    private Task<bool> EndAsync(long userId, Func<CancellationToken, Task> end, CancellationToken cancellationToken) =>
        db.TransactAsync(
            // What has ended can be ended again.
            async token =>
            {
                await db.LockUserAsync(userId, token);
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

    /// <summary>Goes from a used token along its successors to the one that has not been used.</summary>
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
        // As a whole, and locked as well: as it is now, not as it was when the transaction first looked.
        var found = await db
            .RefreshTokens.FromSql(
                $"SELECT * FROM refresh_tokens WHERE token_hash = {hash} AND expires_at > {now} FOR UPDATE"
            )
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>Whose token this is. Nothing else of it is believed before its user is locked.</summary>
    private async Task<long?> OwnerOfAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var hash = value.Hash();
        return await Valid()
            .Where(token => token.TokenHash == hash)
            .Select(token => (long?)token.UserId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private Task<bool> IsStoredAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var hash = value.Hash();
        return db.RefreshTokens.AnyAsync(token => token.TokenHash == hash, cancellationToken);
    }

    private IQueryable<RefreshToken> Valid()
    {
        var now = Now;
        return db.RefreshTokens.Where(token => token.ExpiresAt > now);
    }

    private RefreshToken Add(User user, Guid familyId, RefreshTokenValue value) =>
        db
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
        db.RefreshTokens.Where(token => token.FamilyId == familyId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Keeps the table small: what has expired can be neither used nor replayed.</summary>
    private Task<int> ForgetExpiredAsync(long userId, CancellationToken cancellationToken)
    {
        var now = Now;
        return db
            .RefreshTokens.Where(token => token.UserId == userId && token.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
