using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Text;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>The columns of a table with text that people wrote. The table's key must be <c>id</c>.</summary>
public sealed record TextColumns(string Table, params string[] Columns);

/// <summary>
/// Rewrites stored text in the form in which it would be stored today. The command <c>mend-text</c> runs it, as often
/// as wanted: after a release that changes the form, once the last replica of its predecessor is gone.
/// </summary>
internal static class StoredText
{
    public const string Command = "mend-text";

    private const int RowsAtOnce = 1000;

    /// <summary>Writes row by row: no lock lasts longer than one row's write, and concurrent changes win.</summary>
    public static async Task MendAsync(
        MySqlConnection connection,
        IEnumerable<TextColumns> texts,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var present = await ReadColumnsAsync(connection, cancellationToken);
        foreach (var text in texts)
        {
            // A pending migration may be about to add the other columns.
            string[] columns = [.. text.Columns.Where(column => present.Contains($"{text.Table}.{column}"))];
            if (columns.Length > 0)
            {
                await MendAsync(connection, text with { Columns = columns }, logger, cancellationToken);
            }
        }
    }

    private static async Task MendAsync(
        MySqlConnection connection,
        TextColumns text,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var (last, mended) = (0L, 0);
        while (await ReadRowsAsync(connection, text, last, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var (id, values) in rows)
            {
                for (var index = 0; index < values.Length; index++)
                {
                    if (
                        values[index] is { } value
                        && Mend(value) is { } better
                        && await WriteAsync(connection, text.Table, text.Columns[index], id, value, better, logger)
                    )
                    {
                        mended++;
                    }
                }
            }

            last = rows[^1].Id;
        }

        logger.LogInformation("{Table}: {Count} texts mended", text.Table, mended);
    }

    /// <summary>The text in today's form, or null if that is the same or the text would be refused.</summary>
    private static string? Mend(string value) =>
        ShopText.IsText(value, inLines: true)
        && ShopText.Clean(value) is { Length: > 0 } clean
        && !clean.Equals(value, StringComparison.Ordinal)
            ? clean
            : null;

    private static async Task<HashSet<string>> ReadColumnsAsync(
        MySqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            "",
            [
                $"SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = DATABASE()",
            ]
        );
        var columns = await command.ReadAsync(row => row.GetString(0), cancellationToken);
        return columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<List<(long Id, string?[] Values)>> ReadRowsAsync(
        MySqlConnection connection,
        TextColumns text,
        long last,
        CancellationToken cancellationToken
    )
    {
        var query = FormattableStringFactory.Create(
            $"SELECT id, {string.Join(", ", text.Columns)} FROM {text.Table} WHERE id > {{0}} ORDER BY id LIMIT {{1}}",
            last,
            RowsAtOnce
        );
        var indexes = Enumerable.Range(1, text.Columns.Length);
        await using var command = connection.CreateCommand("", [query]);
        return await command.ReadAsync<(long, string?[])>(
            row => (row.GetInt64(0), [.. indexes.Select(index => row.IsDBNull(index) ? null : row.GetString(index))]),
            cancellationToken
        );
    }

    /// <summary>Writes the text unless it has changed since it was read. One statement, hence not cancelled.</summary>
    private static async Task<bool> WriteAsync(
        MySqlConnection connection,
        string table,
        string column,
        long id,
        string value,
        string better,
        ILogger logger
    )
    {
        var unchanged = FormattableStringFactory.Create($"CAST({column} AS BINARY) = CAST({{0}} AS BINARY)", value);
        var update = UpdateStatement.Of(table, [(column, better)], [$"id = {id}", unchanged]);
        await using var command = connection.CreateCommand("", [update]);
        try
        {
            return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
        }
        // Another row already has this text where it must be unique, such as an e-mail address. Both stay as they are.
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            logger.LogWarning("{Table} {Id}: its {Column} would be another's, and stays as it is", table, id, column);
            return false;
        }
    }
}
