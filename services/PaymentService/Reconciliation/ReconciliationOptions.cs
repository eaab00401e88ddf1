using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>The configuration section <c>Reconciliation</c>.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>Whether the shop compares every night.</summary>
    public bool Nightly { get; set; } = true;

    /// <summary>At which hour of the day, in the shop's time zone.</summary>
    [Range(0, 23)]
    public int Hour { get; set; } = 4;

    /// <summary>How often to check whether a comparison is due.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When to try again after Toss or order-svc was away.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a comparison may take; if its process has died, another one begins after that.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long results are kept.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "3650.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(90);
}
