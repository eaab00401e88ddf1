namespace MsaShop.Bench.Benchmarks;

/// <summary>Something is in a benchmark's way that whoever started it can put right; the message says what, in a line.</summary>
public sealed class CannotMeasureException : Exception
{
    /// <summary>Says what is in the way.</summary>
    public CannotMeasureException(string message)
        : base(message) { }
}
