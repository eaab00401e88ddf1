using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>Work that is done as a whole or not at all.</summary>
public static class Transactions
{
    /// <summary>
    /// Does work with entities in one read-committed transaction, saves tracked changes, and commits. Starts again after a
    /// deadlock or a lost connection. <see cref="BatchedTransactions.TransactBatchedAsync{T}"/> does the same in SQL.
    /// </summary>
    /// <param name="work">May run several times, of which one at most counts.</param>
    /// <param name="cancellationToken">Ignored once the commit begins.</param>
    /// <param name="wasDone">
    /// Asks the database whether the work was done, if the commit's answer was lost. Without it the work is repeated, and
    /// must recognise its own result.
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
                // A failed try leaves nothing to the next. It is undone as a whole, so savepoints are useless.
                database.ChangeTracker.Clear();
                database.Database.AutoSavepointsEnabled = false;
                await using var transaction = await database.Database.BeginTransactionAsync(
                    // Locks rows, and not the gaps between them, where others want to insert.
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

    /// <summary>Repeats work that commits by itself, unless it was done.</summary>
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
    /// Executes one statement outside a transaction. Starts again after a deadlock or a lost connection, so it must be
    /// repeatable.
    /// </summary>
    /// <param name="sql">Interpolated values become parameters.</param>
    /// <returns>The rows matched or inserted.</returns>
    public static Task<int> ExecuteStatementAsync(
        this DbContext database,
        FormattableString sql,
        CancellationToken cancellationToken
    ) =>
        database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(token => database.Database.ExecuteSqlAsync(sql, token), cancellationToken);

    /// <summary>Whether a unique key is taken.</summary>
    public static bool IsDuplicateKey(this DbUpdateException exception) =>
        exception.InnerException is MySqlException error && error.IsDuplicateKey();

    /// <inheritdoc cref="IsDuplicateKey(DbUpdateException)" />
    public static bool IsDuplicateKey(this MySqlException exception) =>
        exception.ErrorCode == MySqlErrorCode.DuplicateKeyEntry;
}

/// <summary>How far a try has come.</summary>
internal sealed class Tried<T>
{
    /// <summary>Whether the commit was sent: without an answer, its outcome is unknown.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>The work's result.</summary>
    public T Result { get; set; } = default!;
}
