namespace MsaShop.ServiceDefaults.Background;

/// <summary>Varies pauses, so that clients stopped by one outage do not all return at once.</summary>
public static class Jitter
{
    /// <summary>The pause, varied by up to a share of it.</summary>
    /// <param name="share">Such as 0.2.</param>
    public static TimeSpan Around(TimeSpan pause, double share, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return pause * (1 - share + (2 * share * random.NextDouble()));
    }
}
