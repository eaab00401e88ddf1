using MsaShop.Bench.Measuring;
using static System.FormattableString;

namespace MsaShop.Bench.Benchmarks;

/// <param name="Work">The work.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Measured">The measurement, with its unit.</param>
/// <param name="Peer">The peer's measurement, with its unit; empty if there is none.</param>
/// <param name="Result">The ratio of both, or the measurement if there is no peer.</param>
/// <param name="Goal">The goal for the result; empty for a mere fact.</param>
/// <param name="Share">The reached share of the goal; 1 or more means reached.</param>
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
    public bool HasGoal => Goal.Length > 0;

    public bool Reached => Share >= 1;

    /// <summary>A rate compared with a peer's, with a goal for the ratio.</summary>
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

    /// <summary>A number with an upper limit.</summary>
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

    /// <summary>A rate compared with a peer's, without a goal.</summary>
    public static Row Fact(string work, string against, Series measured, Series peer) =>
        new(work, against, Text(measured), Text(peer), Invariant($"{measured.Rate / peer.Rate:F2}"), "", 1);

    /// <summary>A result without a goal.</summary>
    public static Row Fact(string work, string against, string measured, string result) =>
        new(work, against, measured, "", result, "", 1);

    private static string Text(Series series) =>
        Invariant(
            $"{series.Rate:F0}/s ({series.Spread.Low:F0}–{series.Spread.High:F0}), p50 {Ms(series.Time)} ms, p99 {Ms(series.P99)} ms"
        );

    private static string Ms(TimeSpan time) => Invariant($"{time.TotalMilliseconds:0.0#}");
}
