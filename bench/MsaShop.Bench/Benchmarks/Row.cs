using System.Globalization;
using MsaShop.Bench.Measuring;

namespace MsaShop.Bench.Benchmarks;

/// <summary>A line of the report.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Against">What it was measured against.</param>
/// <param name="Measured">What was measured, with its unit.</param>
/// <param name="Peer">What that is compared with, with its unit; empty where there is nothing.</param>
/// <param name="Result">The one by the other, or what was measured where there is nothing to divide by.</param>
/// <param name="Goal">What the result is to reach; empty where it is only good to know.</param>
/// <param name="Share">How much of the goal is reached: 1 or more is all of it.</param>
public sealed record Row(
    string Work,
    string Against,
    string Measured,
    string Peer,
    string Result,
    string Goal,
    double Share
)
{
    /// <summary>Whether there is a goal.</summary>
    public bool HasGoal => Goal.Length > 0;

    /// <summary>Whether the goal is reached.</summary>
    public bool Reached => Share >= 1;

    /// <summary>A rate against another.</summary>
    public static Row OfRates(string work, string against, Series measured, Series peer, double goal)
    {
        var ratio = measured.Rate / peer.Rate;
        return new(
            work,
            against,
            Text(measured),
            Text(peer),
            Invariant($"{ratio:F2}"),
            Invariant($"≥ {goal:F2}"),
            ratio / goal
        );
    }

    /// <summary>A number that is to stay below a limit.</summary>
    public static Row Below(string work, string against, string measured, double value, double limit, string unit) =>
        new(
            work,
            against,
            measured,
            "",
            Invariant($"{value:0.##} {unit}"),
            Invariant($"≤ {limit:0.##} {unit}"),
            limit / value
        );

    /// <summary>A rate beside another, which has no goal.</summary>
    public static Row Fact(string work, string against, Series measured, Series peer) =>
        new(work, against, Text(measured), Text(peer), Invariant($"{measured.Rate / peer.Rate:F2}"), "", 1);

    /// <summary>Something that has no goal.</summary>
    public static Row Fact(string work, string against, string measured, string result) =>
        new(work, against, measured, "", result, "", 1);

    private static string Text(Series series) =>
        Invariant(
            $"{series.Rate:F0}/s ({series.Spread.Low:F0}–{series.Spread.High:F0}), p50 {Ms(series.Time)} ms, p99 {Ms(series.P99)} ms"
        );

    private static string Ms(TimeSpan time) => Invariant($"{time.TotalMilliseconds:0.0#}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
