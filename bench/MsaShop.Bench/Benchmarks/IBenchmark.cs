namespace MsaShop.Bench.Benchmarks;

/// <summary>Something that is measured on its own.</summary>
public interface IBenchmark
{
    /// <summary>What <c>./shop bench</c> calls it.</summary>
    string Name { get; }

    /// <summary>Measures it.</summary>
    Task<IReadOnlyList<Row>> RunAsync();
}
