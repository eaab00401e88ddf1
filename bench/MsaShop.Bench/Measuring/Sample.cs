namespace MsaShop.Bench.Measuring;

/// <summary>What one load gave.</summary>
/// <param name="Rate">Requests a second that were answered as they should.</param>
/// <param name="Median">The median time to an answer.</param>
/// <param name="P99">The time within which 99 of 100 were answered.</param>
/// <param name="Requests">How many were answered.</param>
public sealed record Sample(double Rate, TimeSpan Median, TimeSpan P99, long Requests);

/// <summary>Something that is measured several times.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="MeasureAsync">Measures it once.</param>
public sealed record Contender(string Name, Func<Task<Sample>> MeasureAsync);

/// <summary>The samples of a contender, and what they come to.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Samples">One a round.</param>
public sealed record Series(string Name, IReadOnlyList<Sample> Samples)
{
    /// <summary>The median of the rates, in requests a second.</summary>
    public double Rate => Median(sample => sample.Rate);

    /// <summary>The lowest and the highest rate.</summary>
    public (double Low, double High) Spread => (Samples.Min(sample => sample.Rate), Samples.Max(sample => sample.Rate));

    /// <summary>The median of the median times.</summary>
    public TimeSpan Time => TimeSpan.FromMicroseconds(Median(sample => sample.Median.TotalMicroseconds));

    /// <summary>The median of the 99th percentiles.</summary>
    public TimeSpan P99 => TimeSpan.FromMicroseconds(Median(sample => sample.P99.TotalMicroseconds));

    private double Median(Func<Sample, double> of) => Samples.Select(of).MedianOf();
}

/// <summary>Measures contenders side by side.</summary>
public static class SideBySide
{
    /// <summary>So many rounds it takes until the runtime has compiled its best code, and a little more.</summary>
    private const int WarmUps = 3;

    /// <summary>
    /// Measures each contender once a round, in turn, after some rounds that do not count: what the machine does besides
    /// meets them all alike.
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

    /// <summary>The middle of the numbers.</summary>
    public static double MedianOf(this IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
