namespace MsaShop.ServiceDefaults.Background;

/// <summary>Varies pauses, so that clients stopped by one outage do not return at the same moment.</summary>
public static class Jitter
{
    /// <summary>The pause, randomly lengthened or shortened.</summary>
    /// <param name="share">The largest deviation as a share of the pause, such as 0.2.</param>
    public static TimeSpan Around(TimeSpan pause, double share, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return pause * (1 - share + (2 * share * random.NextDouble()));
    }
}
