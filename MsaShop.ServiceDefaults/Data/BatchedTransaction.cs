using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// An SQL transaction in few trips to the database: statements wait until an answer is needed, the beginning travels with
/// the first and the commit with the last. For the most frequent work; the rest uses entities (<see cref="Transactions"/>).
/// </summary>
public sealed class BatchedTransaction
{
    // As in Transactions: locks rows, and not the gaps between them.
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

    /// <summary>The database.</summary>
    internal DbContext Database { get; }

    /// <summary>The id that the database gave the last inserted row; 0 if it gave none.</summary>
    public long LastInsertedId { get; private set; }

    /// <summary>Whether the commit was sent: without an answer, its outcome is unknown.</summary>
    internal bool IsCommitting { get; private set; }

    /// <summary>Whether anything was sent that is neither committed nor rolled back.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>
    /// Begins, if it has not begun. Required before Entity Framework's queries, which then see what was sent, not what
    /// waits, and hold their locks as long. <c>SaveChanges</c> would commit the transaction.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            await SendAsync(cancellationToken);
        }
    }

    /// <summary>Adds a statement, which is sent with the next query or the commit.</summary>
    /// <param name="statement">Interpolated values become parameters.</param>
    /// <param name="inserted">
    /// Receives the row's generated id, if the statement is the last insert before the next answer or commit.
    /// </param>
    public void Write(FormattableString statement, Action<long>? inserted = null)
    {
        _waiting.Add(statement);
        _hasWritten = true;
        _inserted = inserted ?? _inserted;
    }

    /// <summary>Sends the waiting statements.</summary>
    /// <returns>The rows inserted, deleted, or matched by updates, in total.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand();
        var rows = await command.ExecuteNonQueryAsync(cancellationToken);
        Inserted(command);
        return rows;
    }

    /// <summary>Sends the waiting statements and a query, and reads its rows.</summary>
    /// <param name="query">Interpolated values become parameters.</param>
    public Task<List<T>> ReadAsync<T>(
        FormattableString query,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        _waiting.Add(query);
        return ReadAsync(read, cancellationToken);
    }

    /// <summary>
    /// Sends the waiting statements and a query, reads its rows, and commits in any case: all in one trip.
    /// </summary>
    /// <param name="query">Interpolated values become parameters.</param>
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

    /// <summary>Runs an action after the commit, unless the commit's answer is lost.</summary>
    public void OnCommitted(Action action) => _committed += action;

    /// <summary>Rolls everything back at the end.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Commits with the waiting statements. Rolls back if it only read, or was abandoned.</summary>
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

        // Not cancellable: whether it was committed must be known.
        IsCommitting = true;
        Write($"COMMIT");
        await using var command = CreateCommand();
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        Inserted(command);
        IsOpen = false;
        _committed?.Invoke();
    }

    /// <summary>Rolls back what was sent. A lost connection needs no rollback; one that cannot is not reused.</summary>
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
            // The pool does not reset connections, so one with an open transaction must not return to it.
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

    /// <summary>The waiting statements as one command; from here on they may have been sent.</summary>
    private MySqlCommand CreateCommand()
    {
        var command = _connection.CreateCommand(IsOpen ? "" : Beginning, _waiting);
        _waiting.Clear();
        IsOpen = true;
        return command;
    }
}

/// <summary>Runs batched transactions.</summary>
public static class BatchedTransactions
{
    /// <summary>
    /// Does SQL work in one read-committed transaction of few trips, and commits. Starts again after a deadlock or a lost
    /// connection. <see cref="Transactions.TransactAsync{T}"/> does the same with entities.
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
    /// Sends statements in one trip, outside a transaction, and reads the rows of the query among them. Starts again after a
    /// deadlock or a lost connection, so the statements must be repeatable.
    /// </summary>
    /// <param name="statements">Interpolated values become parameters.</param>
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

file static class Commands
{
    /// <summary>Statements as one command, with interpolated values as parameters.</summary>
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

    /// <summary>Executes the command, and reads its query's rows.</summary>
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

        // Statements after the query may fail, too.
        while (await reader.NextResultAsync(cancellationToken)) { }

        return rows;
    }
}
