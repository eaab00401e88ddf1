namespace MsaShop.ServiceDefaults.Background;

/// <summary>Pauses that vary, so that those whom one outage stopped together do not come back together.</summary>
public static class Jitter
{
    /// <summary>The pause, a share of it more or less.</summary>
    /// <param name="share">How much more or less at most, such as 0.2.</param>
    public static TimeSpan Around(TimeSpan pause, double share, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return pause * (1 - share + (2 * share * random.NextDouble()));
    }
}
