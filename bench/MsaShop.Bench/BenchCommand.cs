using MsaShop.Bench.Benchmarks;
using MsaShop.Bench.Reports;
using MsaShop.Bench.Running;
using MsaShop.Testing;

namespace MsaShop.Bench;

/// <summary>The command line: names of benchmarks, none for all; <c>--check</c> only validates them.</summary>
internal static class BenchCommand
{
    private const string Check = "--check";

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        IReadOnlyList<IBenchmark> benchmarks,
        TextWriter errors
    )
    {
        var isCheck = args is [Check, ..];
        var names = isCheck ? [.. args.Skip(1)] : args;
        if (names.FirstOrDefault(name => benchmarks.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            await errors.WriteLineAsync(
                $"bench: there is no benchmark '{unknown}': {string.Join(", ", benchmarks.Select(item => item.Name))}"
            );
            return 2;
        }

        if (isCheck)
        {
            return 0;
        }

        var results = ResultFile.Load(Repository.PathOf("bench", "results.json"));
        foreach (var benchmark in benchmarks.Where(item => names.Count == 0 || names.Contains(item.Name)))
        {
            Console.WriteLine($"==> {benchmark.Name}");
            IReadOnlyList<Row> rows;
            try
            {
                rows = await benchmark.RunAsync();
            }
            catch (CannotMeasureException exception)
            {
                await errors.WriteLineAsync($"bench: {benchmark.Name}: {exception.Message}");
                return 1;
            }

            await Shop.StopServersAsync();
            results.Put(benchmark.Name, rows);
            Console.WriteLine(MarkdownTable.Of(rows));
            // After each, so that results survive a later failure.
            results.Save();
            await File.WriteAllTextAsync(Repository.PathOf("bench", "results.md"), ResultPage.Of(results, benchmarks));
            await File.WriteAllTextAsync(
                Repository.PathOf("bench", "results.svg"),
                ResultPicture.Of(results, benchmarks)
            );
        }

        return 0;
    }
}
