namespace MsaShop.Testing;

/// <summary>What always decides the same.</summary>
/// <param name="share">Where in its range everything falls: 0 at its beginning, just under 1 at its end.</param>
public sealed class FixedRandom(double share) : Random
{
    /// <inheritdoc />
    public override double NextDouble() => share;

    /// <inheritdoc />
    public override int Next(int minValue, int maxValue) => minValue + (int)((maxValue - minValue) * share);
}
