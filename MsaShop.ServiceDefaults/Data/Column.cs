using System.Globalization;
using System.Runtime.CompilerServices;

namespace MsaShop.Data;

/// <summary>A column that decisions write.</summary>
/// <typeparam name="TRow">A row of the table.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Value">A row's value, as the database takes it.</param>
public sealed record Column<TRow>(string Name, Func<TRow, object?> Value);

/// <summary>Writes what decisions have changed.</summary>
public static class ColumnExtensions
{
    /// <summary>Updates a row's changed columns, if any.</summary>
    /// <typeparam name="TRow">A row of the table.</typeparam>
    /// <param name="columns">Those that may have changed.</param>
    /// <param name="condition">Selects the row, in the state that it must have.</param>
    public static void WriteChanges<TRow>(
        this BatchedTransaction transaction,
        string table,
        IReadOnlyList<Column<TRow>> columns,
        TRow before,
        TRow after,
        FormattableString condition
    )
    {
        var changed = columns
            .Where(column => !Equals(column.Value(before), column.Value(after)))
            .Select(column => (column.Name, column.Value(after)))
            .ToList();
        if (changed.Count > 0)
        {
            transaction.Write(UpdateStatement.Of(table, changed, [condition]));
        }
    }
}

/// <summary>UPDATE statements with columns and conditions known only at run time.</summary>
public static class UpdateStatement
{
    /// <summary>Creates the statement.</summary>
    /// <param name="values">As the database takes them.</param>
    /// <param name="conditions">All must hold.</param>
    public static FormattableString Of(
        string table,
        IEnumerable<(string Column, object? Value)> values,
        IEnumerable<FormattableString> conditions
    )
    {
        var arguments = new List<object?>();
        var assignments = values.Select(value => $"{value.Column} = {Next(value.Value)}").ToList();
        var where = conditions
            .Select(condition =>
                string.Format(
                    CultureInfo.InvariantCulture,
                    condition.Format,
                    [.. condition.GetArguments().Select(Next)]
                )
            )
            .ToList();
        return FormattableStringFactory.Create(
            $"UPDATE {table} SET {string.Join(", ", assignments)} WHERE {string.Join(" AND ", where)}",
            [.. arguments]
        );

        string Next(object? argument)
        {
            arguments.Add(argument);
            return $"{{{arguments.Count - 1}}}";
        }
    }
}
