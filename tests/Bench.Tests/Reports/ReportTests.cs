using System.Xml.Linq;
using MsaShop.Bench.Benchmarks;
using MsaShop.Bench.Reports;

namespace MsaShop.Bench.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private static readonly Row s_reached = new("list", "floor", "50/s", "100/s", "0.50", "≥ 0.40", 1.25);
    private static readonly Row s_missed = new("a < b & \"목록\"", "", "16 ms", "", "16 ms", "≤ 8 ms", 0.5);

    private readonly string _folder = Directory.CreateTempSubdirectory("msa-shop-bench-tests-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_says_of_each_row_whether_its_goal_is_reached() =>
        Assert.Equal(
            """
            | work | measured | against | | goal | reached |
            |---|---|---|---|---|---|
            | list | 50/s | floor: 100/s | **0.50** | ≥ 0.40 | yes |
            | a < b & "목록" | 16 ms |  | **16 ms** | ≤ 8 ms | not yet |

            """,
            MarkdownTable.Of([s_reached, s_missed])
        );

    [Fact]
    public void Results_come_back_from_their_file_and_new_ones_replace_only_their_own()
    {
        var first = ResultFile.Load(Path);
        first.Put("products", [s_reached]);
        first.Put("orders", [s_missed]);
        first.Save();

        var second = ResultFile.Load(Path);
        second.Put("orders", [s_reached, s_missed]);
        second.Save();

        var last = ResultFile.Load(Path);
        Assert.Equal([s_reached], last.Of("products")!.Rows);
        Assert.Equal([s_reached, s_missed], last.Of("orders")!.Rows);
        Assert.Contains($"{Environment.ProcessorCount} cores", last.Of("orders")!.Machine, StringComparison.Ordinal);
        Assert.Null(last.Of("cards"));
        Assert.Contains("목록", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_and_the_picture_show_what_has_run_in_the_order_of_the_benchmarks()
    {
        var results = ResultFile.Load(Path);
        results.Put("b", [s_reached]);
        results.Put("a", [s_missed]);
        StubBenchmark[] benchmarks = [new("b"), new("a"), new("never run")];

        var headings = ResultPage
            .Of(results, benchmarks)
            .Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal));
        var picture = XDocument.Parse(ResultPicture.Of(results, benchmarks));

        Assert.Equal(["## b", "## a"], headings);
        XNamespace svg = "http://www.w3.org/2000/svg";
        var texts = picture.Descendants(svg + "text").Select(text => text.Value);
        Assert.Equal(["goal", "list", "0.50 (≥ 0.40)", "a < b & \"목록\"", "16 ms (≤ 8 ms)"], texts);
        // The background is a rectangle too. The line of the goal stands at 200.
        var lengths = picture.Descendants(svg + "rect").Skip(1).Select(bar => (string?)bar.Attribute("width"));
        Assert.Equal(["250", "100"], lengths);
    }
}
