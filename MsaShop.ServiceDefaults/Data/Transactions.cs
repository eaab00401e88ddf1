using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>Work that is done as a whole or not at all.</summary>
public static class Transactions
{
    /// <summary>
    /// Does the work in one transaction, again from the start if the database could not go on: a deadlock, a lost
    /// connection.
    /// </summary>
    /// <param name="work">What to do. It may run several times, of which one at most counts.</param>
    /// <param name="wasDone">Asks the database whether the work was done, where the answer to its commit was lost.</param>
    public static Task<T> TransactAsync<T>(
        this DbContext database,
        Func<CancellationToken, Task<T>> work,
        Func<CancellationToken, Task<bool>> wasDone,
        CancellationToken cancellationToken
    ) =>
        database
            .Database.CreateExecutionStrategy()
            .ExecuteInTransactionAsync(
                token =>
                {
                    // A try that failed leaves nothing to the next. And it is undone as a whole, so no savepoints.
                    database.ChangeTracker.Clear();
                    database.Database.AutoSavepointsEnabled = false;
                    return work(token);
                },
                wasDone,
                // Locks rows, not the gaps between them, in which others want to insert.
                IsolationLevel.ReadCommitted,
                cancellationToken
            );

    /// <summary>
    /// Does the work in one read-committed transaction, or in the one that is under way, and saves what is tracked. Starts again if
    /// the database could not go on: a deadlock, a lost connection.
    /// </summary>
    /// <param name="work">What to do. It may run several times, of which one at most counts.</param>
    /// <param name="cancellationToken">Counts until the commit.</param>
    /// <param name="wasDone">
    /// Asks the database whether the work was done, where the answer to its commit was lost. Without it the work is done again, and
    /// has to look itself.
    /// </param>
    public static async Task<T> TransactAsync<T>(
        this DbContext database,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<bool>>? wasDone = null
    )
    {
        if (database.Database.CurrentTransaction is not null)
        {
            return await WorkAsync(cancellationToken);
        }

        return await database
            .Database.CreateExecutionStrategy()
            .ExecuteInTransactionAsync(
                token =>
                {
                    // A try that failed leaves nothing to the next. And it is undone as a whole, so no savepoints.
                    database.ChangeTracker.Clear();
                    database.Database.AutoSavepointsEnabled = false;
                    return WorkAsync(token);
                },
                wasDone ?? (_ => Task.FromResult(false)),
                // Locks rows, not the gaps between them, in which others want to insert.
                IsolationLevel.ReadCommitted,
                cancellationToken
            );

        async Task<T> WorkAsync(CancellationToken token)
        {
            var result = await work(token);
            await database.SaveChangesAsync(token);
            return result;
        }
    }

    /// <summary>
    /// Runs one statement outside a transaction, again if the database could not go on. The answer to one that was carried
    /// out may get lost, so it must bear repeating.
    /// </summary>
    /// <param name="sql">The statement; what is interpolated becomes its parameters.</param>
    /// <returns>How many rows it found, or inserted.</returns>
    public static Task<int> ExecuteStatementAsync(
        this DbContext database,
        FormattableString sql,
        CancellationToken cancellationToken
    ) =>
        database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(token => database.Database.ExecuteSqlAsync(sql, token), cancellationToken);

    /// <summary>Whether something with the same key, of those that must be unique, is stored already.</summary>
    public static bool IsDuplicateKey(this DbUpdateException exception) =>
        exception.InnerException is MySqlException error && error.IsDuplicateKey();

    /// <inheritdoc cref="IsDuplicateKey(DbUpdateException)" />
    public static bool IsDuplicateKey(this MySqlException exception) =>
        exception.ErrorCode == MySqlErrorCode.DuplicateKeyEntry;
}
