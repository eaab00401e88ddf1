using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>Runs work in transactions, with retries.</summary>
public static class Transactions
{
    /// <summary>
    /// Runs the work in one read-committed transaction, saves the tracked entities, and commits. Retries after a
    /// deadlock or a lost connection. <see cref="BatchedTransactions.TransactBatchedAsync{T}"/> does the same in SQL.
    /// </summary>
    /// <param name="work">The work. It may run several times, but at most one run is committed.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    /// <param name="wasDone">
    /// Asks the database whether the work was committed, after the commit's answer is lost. Without it the work runs
    /// again and must detect by itself what it has done.
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
                // A failed attempt leaves no entities to the next. It is rolled back as a whole, so it needs no
                // savepoints.
                database.ChangeTracker.Clear();
                database.Database.AutoSavepointsEnabled = false;
                await using var transaction = await database.Database.BeginTransactionAsync(
                    // Locks rows, not the gaps between them, where others insert.
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

    /// <summary>Runs work that commits by itself, again after a transient failure unless it was committed.</summary>
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
    /// Runs one statement outside a transaction. It retries after a deadlock or a lost connection, and an answer may
    /// get lost, so the statement must be idempotent.
    /// </summary>
    /// <param name="sql">The statement; interpolated values become parameters.</param>
    /// <returns>The number of rows matched or inserted.</returns>
    public static Task<int> ExecuteStatementAsync(
        this DbContext database,
        FormattableString sql,
        CancellationToken cancellationToken
    ) =>
        database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(token => database.Database.ExecuteSqlAsync(sql, token), cancellationToken);

    /// <summary>Whether the write violated a unique key.</summary>
    public static bool IsDuplicateKey(this DbUpdateException exception) =>
        exception.InnerException is MySqlException error && error.IsDuplicateKey();

    /// <inheritdoc cref="IsDuplicateKey(DbUpdateException)" />
    public static bool IsDuplicateKey(this MySqlException exception) =>
        exception.ErrorCode == MySqlErrorCode.DuplicateKeyEntry;
}

/// <summary>The state of the current attempt.</summary>
internal sealed class Tried<T>
{
    /// <summary>Whether the commit has been sent. If its answer is lost, the outcome is unknown.</summary>
    public bool IsCommitting { get; set; }

    public T Result { get; set; } = default!;
}
