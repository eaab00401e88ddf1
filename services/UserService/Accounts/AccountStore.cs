using MsaShop.UserService.Sessions;

namespace MsaShop.UserService.Accounts;

/// <summary>Stores accounts, and ends the sessions that a change invalidates.</summary>
public sealed class AccountStore(UserDbContext database, SessionStore sessions, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>Null if the address is taken.</returns>
    public async Task<User?> AddAsync(User user, CancellationToken cancellationToken)
    {
        database.Users.Add(user);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return user;
        }
        // The unique index decides, not a query beforehand: only one of two concurrent requests gets the address.
        catch (DbUpdateException exception) when (exception.IsDuplicateKey())
        {
            // This request may have taken it itself, if the answer to the insert was lost. Salted hashes never repeat,
            // so the hash tells.
            database.ChangeTracker.Clear();
            var owner = await database.Users.SingleOrDefaultAsync(
                other => other.Email == user.Email,
                cancellationToken
            );
            return owner?.PasswordHash == user.PasswordHash ? owner : null;
        }
    }

    /// <summary>Changes only what is given.</summary>
    /// <param name="known">The user whose current password was checked.</param>
    /// <param name="change">An empty phone number removes it.</param>
    /// <param name="newHash">The hash of the new password; null to keep the current one.</param>
    /// <param name="keep">The session that stays valid with a new password.</param>
    public Task<AccountOutcome> ChangeProfileAsync(
        User known,
        ProfileChange change,
        string? newHash,
        RefreshTokenValue? keep,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync<AccountOutcome>(
            // Safe to repeat: salted hashes never repeat, so a password that is stored already is recognised, and the
            // rest may be written again.
            async token =>
            {
                if (await database.LockUserAsync(known.Id, token) is not { } user)
                {
                    return new AccountOutcome.NotFound();
                }

                if (newHash is not null && newHash != user.PasswordHash)
                {
                    if (user.PasswordVersion != known.PasswordVersion)
                    {
                        return new AccountOutcome.Outdated();
                    }

                    user.ChangePassword(newHash);
                    await sessions.EndOthersAsync(user, keep, token);
                }

                user.Name = change.Name?.Trim() ?? user.Name;
                user.Phone =
                    change.Phone is null ? user.Phone
                    : string.IsNullOrWhiteSpace(change.Phone) ? null
                    : change.Phone.Trim();
                user.UpdatedAt = Now;
                return new AccountOutcome.Changed(user);
            },
            cancellationToken
        );

    /// <summary>Ends the user's sessions.</summary>
    /// <param name="adminId">The administrator who changes it.</param>
    public Task<AccountOutcome> ChangeRoleAsync(
        long userId,
        UserRole role,
        long adminId,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync<AccountOutcome>(
            // Safe to repeat: without a change of role there is no second row.
            async token =>
            {
                // Lock both, so that of two administrators who dismiss each other at once one remains.
                var locked = await database.LockUsersAsync((adminId, userId), token);
                if (locked.SingleOrDefault(user => user.Id == adminId) is not { Role: UserRole.Admin })
                {
                    return new AccountOutcome.Outdated();
                }

                if (locked.SingleOrDefault(user => user.Id == userId) is not { } user)
                {
                    return new AccountOutcome.NotFound();
                }

                if (user.Role != role)
                {
                    database.RoleChanges.Add(
                        new RoleChanged
                        {
                            UserId = userId,
                            ChangedBy = adminId,
                            OldRole = user.Role,
                            NewRole = role,
                            ChangedAt = Now,
                        }
                    );
                    (user.Role, user.UpdatedAt) = (role, Now);
                    await sessions.EndAllAsync(userId, token);
                }

                return new AccountOutcome.Changed(user);
            },
            cancellationToken
        );

    /// <summary>Stores a newer hash of the same password, unless the password is just being changed.</summary>
    public Task RenewHashAsync(User user, string hash, CancellationToken cancellationToken) =>
        database
            .Users.Where(stored => stored.Id == user.Id && stored.PasswordHash == user.PasswordHash)
            .ExecuteUpdateAsync(stored => stored.SetProperty(u => u.PasswordHash, hash), cancellationToken);
}

public abstract record AccountOutcome
{
    private AccountOutcome() { }

    public sealed record Changed(User User) : AccountOutcome;

    public sealed record NotFound : AccountOutcome;

    /// <summary>
    /// The caller has lost the right to it: the password has changed, or the caller is no administrator any more.
    /// </summary>
    public sealed record Outdated : AccountOutcome;
}

/// <summary>
/// The one lock for all that decides who may stay signed in: the user's row. Every change of a password or a role, and every
/// start, exchange or end of a session, takes it first.
/// </summary>
internal static class UserLock
{
    /// <summary>Locks the user until the transaction ends; null if there is none.</summary>
    public static async Task<User?> LockUserAsync(
        this UserDbContext database,
        long id,
        CancellationToken cancellationToken
    ) =>
        (
            await database
                .Users.FromSql($"SELECT * FROM users WHERE id = {id} FOR UPDATE")
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();

    /// <summary>Locks two users in the order of their ids, which prevents deadlocks.</summary>
    public static async Task<IReadOnlyList<User>> LockUsersAsync(
        this UserDbContext database,
        (long One, long Other) ids,
        CancellationToken cancellationToken
    ) =>
        await database
            .Users.FromSql($"SELECT * FROM users WHERE id IN ({ids.One}, {ids.Other}) ORDER BY id FOR UPDATE")
            .ToListAsync(cancellationToken);
}
