using System.Globalization;
using System.Text;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>The page of the latest results.</summary>
internal static class ResultPage
{
    public static string Of(ResultFile results, IReadOnlyList<IBenchmark> benchmarks)
    {
        var page = new StringBuilder(
            """
            # Speed, as last measured

            `./shop bench [name]` measures and writes this page. Each row sets two things side by side in one run on one machine, in turn and
            several times: medians of the rates, in brackets the lowest and the highest. [What dominates, what was tried and what it
            gave](../docs/performance.md).

            ![How much of each goal is reached](results.svg)


            """
        );
        foreach (var benchmark in benchmarks)
        {
            if (results.Of(benchmark.Name) is { } last)
            {
                page.Append(CultureInfo.InvariantCulture, $"## {benchmark.Name}\n\n{MarkdownTable.Of(last.Rows)}\n")
                    .Append(CultureInfo.InvariantCulture, $"{last.Day:yyyy-MM-dd}, {last.Machine}.\n\n");
            }
        }

        return page.ToString().TrimEnd() + "\n";
    }
}
