using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// A transaction in SQL that takes few trips to the database: what is written waits until an answer is needed, its beginning
/// goes along with the first statements and its commit with the last. For what the shop does most often; all else is
/// entities, in <see cref="Transactions"/>.
/// </summary>
public sealed class BatchedTransaction
{
    // As in Transactions: locks rows, not the gaps between them.
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

    /// <summary>The id that the database gave to the row that was inserted last; 0 if it gave none.</summary>
    public long LastInsertedId { get; private set; }

    /// <summary>Whether the commit has been sent: if its answer got lost, nobody here knows what became of it.</summary>
    internal bool IsCommitting { get; private set; }

    /// <summary>Whether anything has been sent that has neither been committed nor rolled back.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>
    /// Begins, unless it has begun. Needed before queries of Entity Framework, which then see what has been sent, not what waits, and
    /// hold their locks as long; its <c>SaveChanges</c> would commit.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            await SendAsync(cancellationToken);
        }
    }

    /// <summary>Adds a statement, which goes along with the next that wants an answer, or with the commit.</summary>
    /// <param name="statement">The statement; what is interpolated becomes its parameters.</param>
    /// <param name="inserted">
    /// Is told the id that the database gave the row, if the statement is the last that inserts one before the next answer or commit.
    /// </param>
    public void Write(FormattableString statement, Action<long>? inserted = null)
    {
        _waiting.Add(statement);
        _hasWritten = true;
        _inserted = inserted ?? _inserted;
    }

    /// <summary>Sends what waits.</summary>
    /// <returns>How many rows it inserted, deleted, or found to update, all statements together.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand();
        var rows = await command.ExecuteNonQueryAsync(cancellationToken);
        Inserted(command);
        return rows;
    }

    /// <summary>Sends what waits and a query, and reads what it finds.</summary>
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

    /// <summary>Sends what waits and a query, reads what it finds, and commits whatever that is: all in one trip.</summary>
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

    /// <summary>Has something done once it is committed, unless the answer to the commit gets lost.</summary>
    public void OnCommitted(Action action) => _committed += action;

    /// <summary>Has all of it rolled back in the end.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Commits, with what waits; what has only read, or was abandoned, is rolled back.</summary>
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

        // Nobody gives up half-way: what was committed must be known to be.
        IsCommitting = true;
        Write($"COMMIT");
        await using var command = CreateCommand();
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        Inserted(command);
        IsOpen = false;
        _committed?.Invoke();
    }

    /// <summary>Rolls back what has been sent. A connection that is lost needs none; one that will not is not used again.</summary>
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
            // Connections are used again as they are: this one must not be, with a transaction that is open.
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

    /// <summary>What waits, as one command; from here on it may have been sent.</summary>
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
    /// Does the work in SQL in one read-committed transaction of few trips, and commits. Starts again if the database could not go on:
    /// a deadlock, a lost connection. <see cref="Transactions.TransactAsync{T}"/> does the same with entities.
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
    /// Sends statements in one trip, outside a transaction, again if the database could not go on, and reads what the query
    /// among them finds. The answer may get lost, so they must bear repeating.
    /// </summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="statements">The statements; what is interpolated becomes their parameters.</param>
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
    /// <summary>Statements as one command, whose parameters are what is interpolated.</summary>
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

    /// <summary>Runs it, and reads the rows of the query in it.</summary>
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

        // What comes after the query may fail, too.
        while (await reader.NextResultAsync(cancellationToken)) { }

        return rows;
    }
}
