using System.Globalization;
using System.Runtime.CompilerServices;

namespace MsaShop.Data;

/// <summary>A column that decisions write.</summary>
/// <typeparam name="TRow">What a row of its table becomes.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value that a row has in it, as the database takes it.</param>
public sealed record Column<TRow>(string Name, Func<TRow, object?> Value);

/// <summary>Writes what decisions have changed.</summary>
public static class ColumnExtensions
{
    /// <summary>Writes those columns of a row that are not as they were, if any.</summary>
    /// <typeparam name="TRow">What a row of the table becomes.</typeparam>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that may have changed.</param>
    /// <param name="before">The row as it was.</param>
    /// <param name="after">The row as it is to be.</param>
    /// <param name="condition">Which row it is, and how it has to be for this.</param>
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

/// <summary>Updates whose columns and conditions are known only when they run.</summary>
public static class UpdateStatement
{
    /// <summary>Gives columns their values.</summary>
    /// <param name="table">The table.</param>
    /// <param name="values">The columns and their values, as the database takes them.</param>
    /// <param name="conditions">What must be so of a row, all of it.</param>
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
