using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Testing;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Tests.Data;

/// <summary>A batched transaction counts as a whole or not at all, and leaves its connection as it found it.</summary>
public sealed class BatchedTransactionTests : IAsyncLifetime
{
    private string _server = null!;
    private LossyDatabase _way = null!;
    private DbContextOptions<NotesDbContext> _options = null!;

    public async Task InitializeAsync()
    {
        _server = await MySqlServer.CreateDatabaseAsync();
        _way = LossyDatabase.InFrontOf(_server);
        // One connection, which is used again as it is.
        var connectionString = new MySqlConnectionStringBuilder(_way.ConnectionString) { MaximumPoolSize = 1 };
        var options = new DbContextOptionsBuilder<NotesDbContext>().UseMySql(
            connectionString.ConnectionString,
            new MySqlServerVersion("8.4.0")
        );
        options.RetryBriefly();
        _options = options.Options;
        await ElsewhereAsync(
            "CREATE TABLE notes (id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(20) NOT NULL UNIQUE)"
        );
    }

    public async Task DisposeAsync() => await _way.DisposeAsync();

    [Fact]
    public async Task Commits_what_was_sent_and_what_waits()
    {
        var (rows, id) = await TransactAsync(
            async (transaction, token) =>
            {
                transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                transaction.Write($"INSERT INTO notes (text) VALUES ({"two"})");
                var rows = await transaction.SendAsync(token);
                transaction.Write($"INSERT INTO notes (text) VALUES ({"{3}'; --"})");
                return (rows, transaction.LastInsertedId);
            }
        );

        Assert.Equal((2, 2), (rows, id));
        Assert.Equal(["one", "two", "{3}'; --"], await ReadElsewhereAsync());
    }

    [Fact]
    public async Task Commits_what_was_sent_when_nothing_waits()
    {
        await TransactAsync(
            (transaction, token) =>
            {
                transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                return transaction.SendAsync(token);
            }
        );

        Assert.Equal(["one"], await ReadElsewhereAsync());
    }

    [Fact]
    public async Task Reads_and_commits_in_one_trip()
    {
        var ids = await TransactAsync(
            (transaction, _) =>
            {
                transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                return transaction.ReadAndCommitAsync(
                    $"SELECT id FROM notes WHERE text = {"one"}",
                    row => row.GetInt64(0)
                );
            }
        );

        Assert.Equal([1], ids);
        Assert.Equal(["one"], await ReadElsewhereAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_statement_that_is_refused_undoes_all(bool inTheEnd)
    {
        await ElsewhereAsync("INSERT INTO notes (text) VALUES ('taken')");

        var exception = await Assert.ThrowsAsync<MySqlException>(() =>
            TransactAsync(
                async (transaction, token) =>
                {
                    transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                    transaction.Write($"INSERT INTO notes (text) VALUES ({"taken"})");
                    return inTheEnd ? 0 : await transaction.SendAsync(token);
                }
            )
        );

        Assert.Equal(MySqlErrorCode.DuplicateKeyEntry, exception.ErrorCode);
        await AssertIsOverAsync("taken");
    }

    [Fact]
    public async Task What_is_abandoned_is_undone()
    {
        var rows = await TransactAsync(
            async (transaction, token) =>
            {
                transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                var rows = await transaction.SendAsync(token);
                transaction.Write($"INSERT INTO notes (text) VALUES ({"two"})");
                transaction.Abandon();
                return rows;
            }
        );

        Assert.Equal(1, rows);
        await AssertIsOverAsync();
    }

    [Fact]
    public async Task What_only_read_keeps_no_lock()
    {
        await ElsewhereAsync("INSERT INTO notes (text) VALUES ('one')");

        var found = await TransactAsync(
            (transaction, token) =>
                transaction.ReadAsync(
                    $"SELECT text FROM notes WHERE id = {1} FOR UPDATE",
                    row => row.GetString(0),
                    token
                )
        );

        Assert.Equal(["one"], found);
        await ElsewhereAsync("SET innodb_lock_wait_timeout = 1; UPDATE notes SET text = 'mine' WHERE id = 1");
        await AssertIsOverAsync("mine");
    }

    [Fact]
    public async Task A_deadlock_begins_it_anew()
    {
        var tries = 0;

        await TransactAsync(
            async (transaction, token) =>
            {
                transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                await transaction.SendAsync(token);
                if (++tries < 3)
                {
                    transaction.Write($"SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
                }

                return true;
            }
        );

        Assert.Equal(3, tries);
        Assert.Equal(["one"], await ReadElsewhereAsync());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Where_the_answer_to_the_commit_is_lost_it_is_done_again_unless_it_was_done(bool knows, int tries)
    {
        var tried = 0;
        await using var database = new NotesDbContext(_options);
        _way.LoseCommits(1);

        var result = await database.TransactBatchedAsync(
            (transaction, _) =>
            {
                transaction.Write($"INSERT IGNORE INTO notes (text) VALUES ({"one"})");
                return Task.FromResult(++tried);
            },
            CancellationToken.None,
            wasDone: token => knows ? database.Notes.AnyAsync(token) : Task.FromResult(false)
        );

        Assert.Equal((1, tries, tries), (_way.Lost, tried, result));
        Assert.Equal(["one"], await ReadElsewhereAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_connection_is_lost_at_the_beginning_it_is_done_again(bool isBrief)
    {
        await using var database = new NotesDbContext(_options);
        _way.LoseBeginnings(1);

        await (
            isBrief
                ? database.TransactBatchedAsync(
                    (transaction, _) =>
                    {
                        transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                        return Task.FromResult(1);
                    },
                    CancellationToken.None,
                    wasDone: token => database.Notes.AnyAsync(token)
                )
                : database.TransactAsync(
                    token => database.Database.ExecuteSqlAsync($"INSERT INTO notes (text) VALUES ({"one"})", token),
                    CancellationToken.None,
                    wasDone: token => database.Notes.AnyAsync(token)
                )
        );

        Assert.Equal(1, _way.Lost);
        Assert.Equal(["one"], await ReadElsewhereAsync());
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_nothing()
    {
        using var patience = new CancellationTokenSource();
        await using var database = new NotesDbContext(_options);
        await using var other = new MySqlConnection(_server);
        await other.OpenAsync();
        await using var holds = await other.BeginTransactionAsync();
        await using var command = new MySqlCommand("INSERT INTO notes (text) VALUES ('two')", other, holds);
        await command.ExecuteNonQueryAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            database.TransactBatchedAsync(
                async (transaction, token) =>
                {
                    transaction.Write($"INSERT INTO notes (text) VALUES ({"one"})");
                    await transaction.SendAsync(token);
                    // Waits for the other one, for ever.
                    transaction.Write($"INSERT INTO notes (text) VALUES ({"two"})");
                    patience.CancelAfter(TimeSpan.FromMilliseconds(1));
                    return await transaction.SendAsync(token);
                },
                patience.Token
            )
        );

        await holds.RollbackAsync();
        await AssertIsOverAsync();
    }

    [Fact]
    public async Task Statements_outside_a_transaction_are_read_in_one_trip()
    {
        await ElsewhereAsync("INSERT INTO notes (text) VALUES ('one')");
        await using var database = new NotesDbContext(_options);

        var found = await database.ReadBatchAsync(
            [
                $"UPDATE notes SET text = {"two"} WHERE text = {"one"}",
                $"SELECT id, text FROM notes WHERE ROW_COUNT() = 1 AND text = {"two"}",
            ],
            row => (row.GetInt64(0), row.GetString(1)),
            CancellationToken.None
        );

        Assert.Equal([(1, "two")], found);
        Assert.Equal(["two"], await ReadElsewhereAsync());
    }

    private async Task<T> TransactAsync<T>(Func<BatchedTransaction, CancellationToken, Task<T>> work)
    {
        await using var database = new NotesDbContext(_options);
        return await database.TransactBatchedAsync(work, CancellationToken.None);
    }

    /// <summary>Only this is stored, and what the same connection writes next is seen by others: no transaction is open.</summary>
    private async Task AssertIsOverAsync(params string[] texts)
    {
        Assert.Equal(texts, await ReadElsewhereAsync());
        await using var database = new NotesDbContext(_options);
        await database.Database.ExecuteSqlAsync($"INSERT INTO notes (text) VALUES ('next')");
        Assert.Equal([.. texts, "next"], await ReadElsewhereAsync());
    }

    private async Task<List<string>> ReadElsewhereAsync()
    {
        await using var connection = new MySqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SELECT text FROM notes ORDER BY id", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private async Task ElsewhereAsync(string sql)
    {
        await using var connection = new MySqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Note
    {
        public long Id { get; init; }

        public required string Text { get; init; }
    }

    private sealed class NotesDbContext(DbContextOptions<NotesDbContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Note>().ToTable("notes");
    }
}
