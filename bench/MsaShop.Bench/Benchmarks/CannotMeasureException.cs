namespace MsaShop.Bench.Benchmarks;

/// <summary>A problem that keeps a benchmark from running; the one-line message says what to fix.</summary>
public sealed class CannotMeasureException : Exception
{
    public CannotMeasureException(string message)
        : base(message) { }
}
