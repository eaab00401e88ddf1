namespace MsaShop.Bench.Measuring;

/// <summary>The result of one load.</summary>
/// <param name="Rate">Correctly answered requests per second.</param>
/// <param name="Median">The median response time.</param>
/// <param name="P99">The 99th percentile of the response times.</param>
/// <param name="Requests">The number of answered requests.</param>
public sealed record Sample(double Rate, TimeSpan Median, TimeSpan P99, long Requests);

/// <summary>A candidate that is measured several times.</summary>
/// <param name="MeasureAsync">Measures it once.</param>
public sealed record Contender(string Name, Func<Task<Sample>> MeasureAsync);

/// <summary>The samples of a contender, and their medians.</summary>
/// <param name="Samples">One per round.</param>
public sealed record Series(string Name, IReadOnlyList<Sample> Samples)
{
    /// <summary>The median rate, in requests per second.</summary>
    public double Rate => Median(sample => sample.Rate);

    public (double Low, double High) Spread => (Samples.Min(sample => sample.Rate), Samples.Max(sample => sample.Rate));

    /// <summary>The median of the median response times.</summary>
    public TimeSpan Time => TimeSpan.FromMicroseconds(Median(sample => sample.Median.TotalMicroseconds));

    /// <summary>The median of the 99th percentiles.</summary>
    public TimeSpan P99 => TimeSpan.FromMicroseconds(Median(sample => sample.P99.TotalMicroseconds));

    private double Median(Func<Sample, double> of) => Samples.Select(of).MedianOf();
}

public static class SideBySide
{
    /// <summary>Rounds until the runtime has reached its highest compilation tier, with some margin.</summary>
    private const int WarmUps = 3;

    /// <summary>
    /// Measures each contender once per round, in turn, after warm-up rounds that do not count: interference by other
    /// programs affects all alike.
    /// </summary>
    public static async Task<IReadOnlyList<Series>> RunAsync(int rounds, params Contender[] contenders)
    {
        var samples = contenders.ToDictionary(contender => contender.Name, _ => new List<Sample>());
        for (var round = 1 - WarmUps; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var sample = await contender.MeasureAsync();
                Console.WriteLine(
                    $"    {(round <= 0 ? "warm-up" : $"round {round}")}  {contender.Name}: {sample.Rate:N0}/s, median {sample.Median.TotalMilliseconds:N2} ms"
                );
                if (round > 0)
                {
                    samples[contender.Name].Add(sample);
                }
            }
        }

        return [.. contenders.Select(contender => new Series(contender.Name, samples[contender.Name]))];
    }

    /// <summary>The median.</summary>
    public static double MedianOf(this IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
