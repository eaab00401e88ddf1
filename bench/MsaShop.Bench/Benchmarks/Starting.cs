using System.Diagnostics;
using System.Globalization;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>
/// The time from <c>dotnet run</c> until everything is healthy, in a debug build as developers have it, on databases
/// that exist from an earlier start.
/// </summary>
internal sealed class Starting : IBenchmark
{
    private const int Rounds = 3;
    private const int Limit = 25;

    public string Name => "start";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await AppHost.PrepareAsync();
        var data = Directory.CreateTempSubdirectory("msa-shop-bench-data-").FullName;
        try
        {
            Console.WriteLine($"    first start, which does not count: {await StartAsync(data):F1} s");
            var times = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                times.Add(await StartAsync(data));
                Console.WriteLine($"    round {round}: {times[^1]:F1} s");
            }

            return
            [
                Row.Below(
                    "warm start until all is healthy",
                    "",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{times.MedianOf():F1} s ({times.Min():F1}–{times.Max():F1}), debug build"
                    ),
                    times.MedianOf(),
                    Limit,
                    "s"
                ),
            ];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<double> StartAsync(string data)
    {
        var watch = Stopwatch.StartNew();
        await using var host = await AppHost.StartAsync(data);
        return watch.Elapsed.TotalSeconds;
    }
}
