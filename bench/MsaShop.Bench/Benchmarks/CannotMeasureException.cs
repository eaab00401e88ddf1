namespace MsaShop.Bench.Benchmarks;

/// <summary>Something that the user can put right keeps a benchmark from running; the message is one line.</summary>
public sealed class CannotMeasureException : Exception
{
    public CannotMeasureException(string message)
        : base(message) { }
}
