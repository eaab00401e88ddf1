namespace MsaShop.Bench.Benchmarks;

public interface IBenchmark
{
    /// <summary>Its name in <c>./shop bench</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync();
}
