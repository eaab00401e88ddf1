using System.Data.Common;
using System.Globalization;
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
        DbConnection connection,
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
        DbConnection connection,
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
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = DATABASE()";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private static async Task<List<(long Id, string?[] Values)>> ReadRowsAsync(
        DbConnection connection,
        TextColumns text,
        long last,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT id, {string.Join(", ", text.Columns)} FROM {text.Table} WHERE id > {last} ORDER BY id LIMIT {RowsAtOnce}"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(long, string?[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = Enumerable.Range(1, text.Columns.Length);
            rows.Add(
                (
                    reader.GetInt64(0),
                    [.. values.Select(index => reader.IsDBNull(index) ? null : reader.GetString(index))]
                )
            );
        }

        return rows;
    }

    /// <summary>Writes the text unless it has changed since it was read. One statement, hence not cancelled.</summary>
    private static async Task<bool> WriteAsync(
        DbConnection connection,
        string table,
        string column,
        long id,
        string value,
        string better,
        ILogger logger
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"UPDATE {table} SET {column} = @better WHERE id = @id AND CAST({column} AS BINARY) = CAST(@value AS BINARY)";
        foreach (
            var (name, parameterValue) in new (string, object)[] { ("@better", better), ("@id", id), ("@value", value) }
        )
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, parameterValue);
            command.Parameters.Add(parameter);
        }

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
