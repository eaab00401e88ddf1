namespace MsaShop.Bench.Benchmarks;

/// <summary>A benchmark, which runs on its own.</summary>
public interface IBenchmark
{
    /// <summary>The name for <c>./shop bench</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync();
}
