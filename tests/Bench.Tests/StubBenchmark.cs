using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Tests;

internal sealed class StubBenchmark(string name) : IBenchmark
{
    public string Name => name;

    public bool HasRun { get; private set; }

    public Task<IReadOnlyList<Row>> RunAsync()
    {
        HasRun = true;
        return Task.FromResult<IReadOnlyList<Row>>([]);
    }
}
