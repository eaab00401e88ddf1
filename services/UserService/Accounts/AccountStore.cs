using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.UserService.Sessions;

namespace MsaShop.UserService.Accounts;

/// <summary>Stores accounts, and ends the sessions that a change of theirs ends.</summary>
public sealed class AccountStore(UserDbContext db, SessionStore sessions, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Adds an account.</summary>
    /// <returns>The account; null if somebody has its address already.</returns>
    public async Task<User?> AddAsync(User user, CancellationToken cancellationToken)
    {
        db.Users.Add(user);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return user;
        }
        // The unique index decides, not a query before: of two at once only one gets the address.
        catch (DbUpdateException exception) when (exception.IsDuplicateKey())
        {
            // It may be this request that has taken it: stored, and the answer lost. No two hashes are the same, so it tells.
            db.ChangeTracker.Clear();
            var owner = await db.Users.SingleOrDefaultAsync(other => other.Email == user.Email, cancellationToken);
            return owner?.PasswordHash == user.PasswordHash ? owner : null;
        }
    }

    /// <summary>Changes somebody's name, phone number and password, as far as they are given.</summary>
    /// <param name="known">The user, as the current password was checked.</param>
    /// <param name="change">What to change; an empty phone number is none.</param>
    /// <param name="newHash">The hash of the new password; null for none.</param>
    /// <param name="keep">The session that goes on with a new password.</param>
    public Task<AccountOutcome> ChangeProfileAsync(
        User known,
        ProfileChange change,
        string? newHash,
        RefreshTokenValue? keep,
        CancellationToken cancellationToken
    ) =>
        db.TransactAsync<AccountOutcome>(
            // No two hashes are alike, so a password that is there already is seen; all else is the same if it is written again.
            async token =>
            {
                if (await db.LockUserAsync(known.Id, token) is not { } user)
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

    /// <summary>Gives a user another role, which ends the user's sessions.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="role">The role.</param>
    /// <param name="adminId">The administrator who gives it.</param>
    public Task<AccountOutcome> ChangeRoleAsync(
        long userId,
        UserRole role,
        long adminId,
        CancellationToken cancellationToken
    ) =>
        db.TransactAsync<AccountOutcome>(
            // Whoever has the role already gets no second row, so doing it again is harmless.
            async token =>
            {
                // Both, so that of two who dismiss each other at once one stays.
                var locked = await db.LockUsersAsync((adminId, userId), token);
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
                    db.RoleChanges.Add(
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

    /// <summary>Stores a newer hash of the same password, unless somebody changes the password in this moment.</summary>
    public Task RenewHashAsync(User user, string hash, CancellationToken cancellationToken) =>
        db
            .Users.Where(stored => stored.Id == user.Id && stored.PasswordHash == user.PasswordHash)
            .ExecuteUpdateAsync(stored => stored.SetProperty(u => u.PasswordHash, hash), cancellationToken);
}

/// <summary>What comes of a change to an account.</summary>
public abstract record AccountOutcome
{
    private AccountOutcome() { }

    /// <summary>The account is as it was asked to be.</summary>
    /// <param name="User">The user.</param>
    public sealed record Changed(User User) : AccountOutcome;

    /// <summary>There is no such user.</summary>
    public sealed record NotFound : AccountOutcome;

    /// <summary>Whoever asked may not any more: the password is another one, or the role of administrator is gone.</summary>
    public sealed record Outdated : AccountOutcome;
}

/// <summary>
/// The one lock for what decides who may go on: a user's row. Whoever changes a password or a role, and whoever makes,
/// exchanges or ends a session, takes it first.
/// </summary>
internal static class UserLock
{
    /// <summary>The user, whom nobody else changes until the transaction ends; null if there is none.</summary>
    public static async Task<User?> LockUserAsync(
        this UserDbContext db,
        long id,
        CancellationToken cancellationToken
    ) =>
        (
            await db.Users.FromSql($"SELECT * FROM users WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)
        ).SingleOrDefault();

    /// <summary>Two users, locked in the order of their ids, so that nobody waits for somebody who waits for them.</summary>
    public static async Task<IReadOnlyList<User>> LockUsersAsync(
        this UserDbContext db,
        (long One, long Other) ids,
        CancellationToken cancellationToken
    ) =>
        await db
            .Users.FromSql($"SELECT * FROM users WHERE id IN ({ids.One}, {ids.Other}) ORDER BY id FOR UPDATE")
            .ToListAsync(cancellationToken);
}
