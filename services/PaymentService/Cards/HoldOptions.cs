using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Cards;

/// <summary>How holds without a charge under way are found; the configuration section <c>Holds</c>.</summary>
public sealed class HoldOptions
{
    /// <summary>How often to look for them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an order is held before that is looked into; what ends just then releases it by itself.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);
}
