using System.Globalization;
using System.Net;
using System.Text;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>A bar for each row: how much of its goal is reached.</summary>
internal static class ResultPicture
{
    private const int Line = 30;
    private const int Left = 380;
    private const int Goal = 200;
    private const double Most = 1.8;
    private const int Width = 960;

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
            var y = 30 + (index * Line);
            var length = Math.Min(row.Share, Most) * Goal;
            Append(
                $"""
                <text x="{Left - 10}" y="{y + 17}" text-anchor="end" fill="#18181b">{WebUtility.HtmlEncode(
                    row.Work
                )}</text>
                <rect x="{Left}" y="{y + 4}" width="{length:F0}" height="{Line - 12}" rx="3" fill="{(
                    row.Reached ? "#15803d" : "#b45309"
                )}"/>
                <text x="{Left + length + 8:F0}" y="{y + 17}" fill="#18181b">{WebUtility.HtmlEncode(
                    $"{row.Result} ({row.Goal})"
                )}</text>

                """
            );
        }

        Append(
            $"""<line x1="{Left + Goal}" y1="26" x2="{Left + Goal}" y2="{height - 8}" stroke="#52525b" stroke-dasharray="4 3"/>"""
        );
        return picture.Append("\n</svg>\n").ToString();

        void Append(FormattableString text) => picture.Append(text.ToString(CultureInfo.InvariantCulture));
    }
}
