using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Cards;

/// <summary>How held orders are looked after; the configuration section <c>Holds</c>.</summary>
public sealed class HoldOptions
{
    /// <summary>How often to look for held orders for which no card is being charged.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an order is held before that is looked into: what ends just then lets it go by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);
}
