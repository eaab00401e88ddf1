using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>Work that is done as a whole or not at all.</summary>
public static class Transactions
{
    /// <summary>
    /// Does the work with entities in one read-committed transaction, saves what is tracked, and commits. Starts again if the database
    /// could not go on: a deadlock, a lost connection. <see cref="BatchedTransactions.TransactBatchedAsync{T}"/> does the same in SQL.
    /// </summary>
    /// <param name="work">What to do. It may run several times, of which one at most counts.</param>
    /// <param name="cancellationToken">Counts until the commit.</param>
    /// <param name="wasDone">
    /// Asks the database whether the work was done, where the answer to its commit was lost. Without it the work is done again, and
    /// has to see by itself what it has done.
    /// </param>
    public static Task<T> TransactAsync<T>(
        this DbContext database,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<bool>>? wasDone = null
    ) =>
        database.TryUntilDoneAsync<T>(
            async (tried, token) =>
            {
                // A try that failed leaves nothing to the next. And it is undone as a whole, so no savepoints.
                database.ChangeTracker.Clear();
                database.Database.AutoSavepointsEnabled = false;
                await using var transaction = await database.Database.BeginTransactionAsync(
                    // Locks rows, not the gaps between them, in which others want to insert.
                    IsolationLevel.ReadCommitted,
                    token
                );
                var result = await work(token);
                await database.SaveChangesAsync(token);
                tried.Result = result;
                tried.IsCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            wasDone,
            cancellationToken
        );

    /// <summary>Does work that commits by itself, again where the database could not go on, unless it was done.</summary>
    internal static Task<T> TryUntilDoneAsync<T>(
        this DbContext database,
        Func<Tried<T>, CancellationToken, Task<T>> work,
        Func<CancellationToken, Task<bool>>? wasDone,
        CancellationToken cancellationToken
    )
    {
        var tried = new Tried<T>();
        return database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                0,
                (_, _, token) =>
                {
                    tried.IsCommitting = false;
                    return work(tried, token);
                },
                async (_, _, token) =>
                    new(tried.IsCommitting && wasDone is not null && await wasDone(token), tried.Result),
                cancellationToken
            );
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

/// <summary>How far a try has come.</summary>
internal sealed class Tried<T>
{
    /// <summary>Whether the commit has been sent: if its answer got lost, nobody here knows what became of it.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>What the work has come to.</summary>
    public T Result { get; set; } = default!;
}
