using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.UserService.Accounts;
using MsaShop.UserService.Data;

namespace MsaShop.UserService.Sessions;

/// <summary>How refresh tokens behave: the configuration section <c>RefreshTokens</c>.</summary>
public sealed class RefreshTokenOptions
{
    /// <summary>How long a token is good if it is not used.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long after its use a token still leads to its successor.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);
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
/// </summary>
public sealed class RefreshTokens(
    UserDbContext db,
    SigningKey key,
    IOptions<RefreshTokenOptions> options,
    TimeProvider time,
    ILogger<RefreshTokens> logger
)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Starts a family for a user who has just signed in.</summary>
    public async Task<Session> StartAsync(User user, CancellationToken cancellationToken)
    {
        await ForgetExpiredAsync(user.Id, cancellationToken);
        var value = RefreshTokenValue.Create();
        var token = Add(user.Id, Guid.NewGuid(), value);
        await db.SaveChangesAsync(cancellationToken);
        return new Session(user, value, token.ExpiresAt);
    }

    /// <summary>Exchanges a token for the next; null if it is unknown, expired, revoked or replayed.</summary>
    public async Task<Session?> ExchangeAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        var token = await FindAsync(value, cancellationToken);
        if (token?.UsedAt is not null)
        {
            return await FollowAsync(token, value, cancellationToken);
        }

        if (token is null)
        {
            return null;
        }

        token.UsedAt = Now;
        var next = value.Next(key.RefreshTokenKey);
        var successor = Add(token.UserId, token.FamilyId, next);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Someone else used it between our reading and our writing, or revoked it.
            db.ChangeTracker.Clear();
            return await ExchangeAsync(value, cancellationToken);
        }

        await ForgetExpiredAsync(token.UserId, cancellationToken);
        return new Session(token.User, next, successor.ExpiresAt);
    }

    /// <summary>Ends the session that a token belongs to, used or not.</summary>
    public async Task RevokeAsync(RefreshTokenValue value, CancellationToken cancellationToken)
    {
        if (await FindAsync(value, cancellationToken) is { } token)
        {
            await RevokeFamilyAsync(token.FamilyId, cancellationToken);
        }
    }

    /// <summary>Whose session this is; null if it has ended or the token has been used.</summary>
    public async Task<long?> FindOwnerAsync(RefreshTokenValue value, CancellationToken cancellationToken) =>
        await FindAsync(value, cancellationToken) is { UsedAt: null } token ? token.UserId : null;

    /// <summary>Ends all sessions of a user, but for the one that a token belongs to.</summary>
    public async Task RevokeAllAsync(long userId, RefreshTokenValue? except, CancellationToken cancellationToken)
    {
        var kept = except is { } value ? (await FindAsync(value, cancellationToken))?.FamilyId : null;
        await db
            .RefreshTokens.Where(token => token.UserId == userId && token.FamilyId != (kept ?? Guid.Empty))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Goes from a used token along its successors to the one that has not been used.</summary>
    private async Task<Session?> FollowAsync(
        RefreshToken used,
        RefreshTokenValue value,
        CancellationToken cancellationToken
    )
    {
        for (var token = used; token is not null; token = await FindAsync(value, cancellationToken))
        {
            if (token.UsedAt is null)
            {
                return new Session(token.User, value, token.ExpiresAt);
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
        return await db
            .RefreshTokens.Include(token => token.User)
            .SingleOrDefaultAsync(token => token.TokenHash == hash && token.ExpiresAt > now, cancellationToken);
    }

    private RefreshToken Add(long userId, Guid familyId, RefreshTokenValue value) =>
        db
            .RefreshTokens.Add(
                new RefreshToken
                {
                    UserId = userId,
                    FamilyId = familyId,
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
