using System.Text;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>Formats rows as a Markdown table, for the console and the page.</summary>
internal static class MarkdownTable
{
    public static string Of(IEnumerable<Row> rows)
    {
        var table = new StringBuilder()
            .Append("| work | measured | against | | goal | reached |\n")
            .Append("|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var against = string.Join(": ", new[] { row.Against, row.Peer }.Where(text => text.Length > 0));
            table.Append(
                $"| {row.Work} | {row.Measured} | {against} | **{row.Result}** | {row.Goal} | {(row.HasGoal ? row.Reached ? "yes" : "not yet" : "")} |\n"
            );
        }

        return table.ToString();
    }
}
