using System.Globalization;
using System.Runtime.CompilerServices;

namespace MsaShop.Data;

/// <summary>A column that <see cref="ColumnExtensions.WriteChanges"/> compares and writes.</summary>
/// <param name="Value">Reads the column's value from a row, in the form that the database stores.</param>
public sealed record Column<TRow>(string Name, Func<TRow, object?> Value);

/// <summary>Writes changed columns.</summary>
public static class ColumnExtensions
{
    /// <summary>Updates the columns that differ between the two states of a row, if any.</summary>
    /// <param name="condition">Selects the row, and guards the state that it must have.</param>
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

/// <summary>Builds UPDATE statements whose columns and conditions vary.</summary>
public static class UpdateStatement
{
    /// <summary>An UPDATE of one table.</summary>
    /// <param name="values">The columns and their new values, in the form that the database stores.</param>
    /// <param name="conditions">The conditions of the WHERE clause, combined with AND.</param>
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
