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
    /// <summary>Writes those columns of a row that are not as they were.</summary>
    /// <typeparam name="TRow">What a row of the table becomes.</typeparam>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that may have changed.</param>
    /// <param name="before">The row as it was.</param>
    /// <param name="after">The row as it is to be.</param>
    /// <param name="condition">Which row it is, and how it has to be for this.</param>
    /// <returns>Whether anything is to be written.</returns>
    public static bool WriteChanges<TRow>(
        this BatchedTransaction transaction,
        string table,
        IReadOnlyList<Column<TRow>> columns,
        TRow before,
        TRow after,
        FormattableString condition
    )
    {
        var changed = columns.Where(column => !Equals(column.Value(before), column.Value(after))).ToList();
        if (changed.Count == 0)
        {
            return false;
        }

        var arguments = condition.GetArguments().ToList();
        var assignments = new List<string>();
        foreach (var column in changed)
        {
            assignments.Add(string.Create(CultureInfo.InvariantCulture, $"{column.Name} = {{{arguments.Count}}}"));
            arguments.Add(column.Value(after));
        }

        transaction.Write(
            FormattableStringFactory.Create(
                $"UPDATE {table} SET {string.Join(", ", assignments)} WHERE {condition.Format}",
                [.. arguments]
            )
        );
        return true;
    }
}
