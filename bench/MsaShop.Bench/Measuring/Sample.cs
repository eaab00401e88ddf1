namespace MsaShop.Bench.Measuring;

/// <summary>The result of one load.</summary>
/// <param name="Rate">Valid answers a second.</param>
/// <param name="Median">The median response time.</param>
/// <param name="P99">The response time's 99th percentile.</param>
public sealed record Sample(double Rate, TimeSpan Median, TimeSpan P99, long Requests);

public sealed record Contender(string Name, Func<Task<Sample>> MeasureAsync);

public sealed record Series(string Name, IReadOnlyList<Sample> Samples)
{
    /// <summary>The median rate, in requests a second.</summary>
    public double Rate => Median(sample => sample.Rate);

    public (double Low, double High) Spread => (Samples.Min(sample => sample.Rate), Samples.Max(sample => sample.Rate));

    /// <summary>The median of the median times.</summary>
    public TimeSpan Time => TimeSpan.FromMicroseconds(Median(sample => sample.Median.TotalMicroseconds));

    public TimeSpan P99 => TimeSpan.FromMicroseconds(Median(sample => sample.P99.TotalMicroseconds));

    private double Median(Func<Sample, double> of) => Samples.Select(of).MedianOf();
}

/// <summary>Measures contenders side by side.</summary>
public static class SideBySide
{
    /// <summary>Enough for the runtime to compile its best code.</summary>
    private const int WarmUps = 3;

    /// <summary>
    /// Measures each contender once per round, in turn, after the warm-ups: whatever else the machine does affects all
    /// alike.
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

    public static double MedianOf(this IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
