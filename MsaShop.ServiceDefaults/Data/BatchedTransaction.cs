using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// A SQL transaction with few round trips: writes are buffered until an answer is needed, the start goes along with the
/// first statements and the commit with the last. It is for the most frequent operations; everything else uses
/// entities, through <see cref="Transactions"/>.
/// </summary>
public sealed class BatchedTransaction
{
    // As in Transactions: row locks without gap locks.
    private const string Beginning = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION; ";

    private readonly MySqlConnection _connection;
    private readonly List<FormattableString> _waiting = [];
    private Action<long>? _inserted;
    private Action? _committed;
    private bool _hasWritten;
    private bool _isAbandoned;

    internal BatchedTransaction(DbContext database)
    {
        Database = database;
        _connection = (MySqlConnection)database.Database.GetDbConnection();
    }

    internal DbContext Database { get; }

    /// <summary>The auto-increment id of the last inserted row; 0 if there is none.</summary>
    public long LastInsertedId { get; private set; }

    /// <summary>Whether the commit has been sent. If its answer is lost, the outcome is unknown.</summary>
    internal bool IsCommitting { get; private set; }

    /// <summary>Whether statements have been sent that are neither committed nor rolled back.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>
    /// Starts the transaction unless it is open. Call it before an Entity Framework query, which then sees what has
    /// been sent (not what is buffered) and holds its locks until the end. Never call <c>SaveChanges</c> in it: that
    /// would commit.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            await SendAsync(cancellationToken);
        }
    }

    /// <summary>Buffers a statement until the next one that needs an answer, or the commit.</summary>
    /// <param name="statement">The statement; interpolated values become parameters.</param>
    /// <param name="inserted">Gets the row's auto-increment id if no later insert is sent in the same trip.</param>
    public void Write(FormattableString statement, Action<long>? inserted = null)
    {
        _waiting.Add(statement);
        _hasWritten = true;
        _inserted = inserted ?? _inserted;
    }

    /// <summary>Sends the buffered statements.</summary>
    /// <returns>The rows that all statements together inserted, deleted, or matched for an update.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand();
        var rows = await command.ExecuteNonQueryAsync(cancellationToken);
        Inserted(command);
        return rows;
    }

    /// <summary>Sends the buffered statements and a query, and reads the rows.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="query">The query; what is interpolated becomes its parameters.</param>
    public Task<List<T>> ReadAsync<T>(
        FormattableString query,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        _waiting.Add(query);
        return ReadAsync(read, cancellationToken);
    }

    /// <summary>Sends the buffered statements, a query and the commit in one trip, and reads the rows.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="query">The query; what is interpolated becomes its parameters.</param>
    public async Task<List<T>> ReadAndCommitAsync<T>(FormattableString query, Func<DbDataReader, T> read)
    {
        _waiting.Add(query);
        Write($"COMMIT");
        IsCommitting = true;
        var rows = await ReadAsync(read, CancellationToken.None);
        IsOpen = false;
        _committed?.Invoke();
        return rows;
    }

    /// <summary>Runs the action after the commit; not if the commit's answer is lost.</summary>
    public void OnCommitted(Action action) => _committed += action;

    /// <summary>Makes the transaction roll back at its end instead of committing.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Commits, with the buffered statements; rolls back if abandoned or nothing was written.</summary>
    internal async Task EndAsync()
    {
        if (!IsOpen && _waiting.Count == 0)
        {
            return;
        }

        if (_isAbandoned || !_hasWritten)
        {
            await RollBackAsync();
            return;
        }

        // Not cancellable: once sent, the commit's outcome must be known.
        IsCommitting = true;
        Write($"COMMIT");
        await SendAsync(CancellationToken.None);
        IsOpen = false;
        _committed?.Invoke();
    }

    /// <summary>Rolls back what has been sent. A lost connection needs no rollback.</summary>
    internal async Task RollBackAsync()
    {
        if (!IsOpen || _connection.State != System.Data.ConnectionState.Open)
        {
            return;
        }

        try
        {
            await using var command = new MySqlCommand("ROLLBACK", _connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            IsOpen = false;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // Connections return to the pool without a reset, and this one may still have an open transaction.
            await MySqlConnection.ClearPoolAsync(_connection, CancellationToken.None);
        }
    }

    private async Task<List<T>> ReadAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand();
        var rows = await command.ReadAsync(read, cancellationToken);
        Inserted(command);
        return rows;
    }

    private void Inserted(MySqlCommand command)
    {
        LastInsertedId = command.LastInsertedId;
        _inserted?.Invoke(LastInsertedId);
        _inserted = null;
    }

    /// <summary>The buffered statements as one command. From here on they count as sent.</summary>
    private MySqlCommand CreateCommand()
    {
        var command = _connection.CreateCommand(IsOpen ? "" : Beginning, _waiting);
        _waiting.Clear();
        IsOpen = true;
        return command;
    }
}

/// <summary>Runs batched transactions and batches.</summary>
public static class BatchedTransactions
{
    /// <summary>
    /// Runs the SQL in one read-committed transaction with few round trips, and commits. Retries after a deadlock or a
    /// lost connection. <see cref="Transactions.TransactAsync{T}"/> does the same with entities.
    /// </summary>
    /// <inheritdoc cref="Transactions.TransactAsync{T}" path="/param" />
    public static Task<T> TransactBatchedAsync<T>(
        this DbContext database,
        Func<BatchedTransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<bool>>? wasDone = null
    ) =>
        database.TryUntilDoneAsync<T>(
            async (tried, token) =>
            {
                await database.Database.OpenConnectionAsync(token);
                var transaction = new BatchedTransaction(database);
                try
                {
                    tried.Result = await work(transaction, token);
                    await transaction.EndAsync();
                    return tried.Result;
                }
                catch
                {
                    tried.IsCommitting = transaction.IsCommitting;
                    await transaction.RollBackAsync();
                    throw;
                }
                finally
                {
                    await database.Database.CloseConnectionAsync();
                }
            },
            wasDone,
            cancellationToken
        );

    /// <summary>
    /// Sends statements in one trip, outside a transaction, and reads the rows of the query among them. It retries
    /// after a deadlock or a lost connection, and an answer may get lost, so the statements must be idempotent.
    /// </summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="statements">The statements; interpolated values become parameters.</param>
    public static Task<List<T>> ReadBatchAsync<T>(
        this DbContext database,
        IReadOnlyList<FormattableString> statements,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    ) =>
        database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                async token =>
                {
                    await database.Database.OpenConnectionAsync(token);
                    try
                    {
                        var connection = (MySqlConnection)database.Database.GetDbConnection();
                        await using var command = connection.CreateCommand("", statements);
                        return await command.ReadAsync(read, token);
                    }
                    finally
                    {
                        await database.Database.CloseConnectionAsync();
                    }
                },
                cancellationToken
            );
}

internal static class Commands
{
    public static MySqlCommand CreateCommand(
        this MySqlConnection connection,
        string beginning,
        IReadOnlyList<FormattableString> statements
    )
    {
        var command = connection.CreateCommand();
        var text = new StringBuilder(beginning);
        foreach (var statement in statements)
        {
            var names = new object[statement.ArgumentCount];
            for (var argument = 0; argument < names.Length; argument++)
            {
                var name = $"@p{command.Parameters.Count}";
                command.Parameters.AddWithValue(name, statement.GetArgument(argument) ?? DBNull.Value);
                names[argument] = name;
            }

            text.AppendFormat(CultureInfo.InvariantCulture, statement.Format, names).Append("; ");
        }

        command.CommandText = text.ToString(0, text.Length - 2);
        return command;
    }

    public static async Task<List<T>> ReadAsync<T>(
        this MySqlCommand command,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        // Statements after the query may fail as well.
        while (await reader.NextResultAsync(cancellationToken)) { }

        return rows;
    }
}
