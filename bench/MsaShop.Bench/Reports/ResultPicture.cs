using System.Globalization;
using System.Net;
using System.Text;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>A bar chart of the reached share of each goal.</summary>
internal static class ResultPicture
{
    private const int Line = 30;
    private const int Left = 470;
    private const int Goal = 200;
    private const double Most = 1.8;
    private const int Width = 1050;

    public static string Of(ResultFile results, IReadOnlyList<IBenchmark> benchmarks)
    {
        var rows = benchmarks
            .SelectMany(benchmark => results.Of(benchmark.Name)?.Rows ?? [])
            .Where(row => row.HasGoal)
            .ToList();
        var height = (rows.Count * Line) + 40;
        var picture = new StringBuilder();
        Append(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="{Left + Goal}" y="20" text-anchor="middle" fill="#52525b">goal</text>

            """
        );
        foreach (var (index, row) in rows.Index())
        {
            Append(
                $"""
                <rect x="{Left}" y="{TopOf(index) + 4}" width="{LengthOf(row):F0}" height="{Line - 12}" rx="3" fill="{(
                    row.Reached ? "#15803d" : "#b45309"
                )}"/>

                """
            );
        }

        var (goal, bottom) = (Left + Goal, height - 8);
        Append(
            $"""
            <line x1="{goal}" y1="26" x2="{goal}" y2="{bottom}" stroke="#52525b" stroke-dasharray="4 3"/>

            """
        );
        foreach (var (index, row) in rows.Index())
        {
            var (y, end) = (TopOf(index) + 17, Left + LengthOf(row) + 8);
            var result = WebUtility.HtmlEncode($"{row.Result} ({row.Goal})");
            // A white outline keeps the goal's line from crossing the text.
            Append(
                $"""
                <text x="{Left - 10}" y="{y}" text-anchor="end" fill="#18181b">{WebUtility.HtmlEncode(row.Work)}</text>
                <text x="{end:F0}" y="{y}" fill="#18181b" stroke="#ffffff" stroke-width="5" paint-order="stroke">{result}</text>

                """
            );
        }

        return picture.Append("</svg>\n").ToString();

        void Append(FormattableString text) => picture.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    private static int TopOf(int index) => 30 + (index * Line);

    private static double LengthOf(Row row) => Math.Min(row.Share, Most) * Goal;
}
