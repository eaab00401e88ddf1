using Microsoft.EntityFrameworkCore;

namespace MsaShop.UserService.Accounts;

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
