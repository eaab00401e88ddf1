using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Cards;

/// <summary>The configuration section <c>Holds</c>: the sweep for orders held without a card attempt.</summary>
public sealed class HoldOptions
{
    /// <summary>How often to sweep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The minimum age of a hold before the sweep looks at it: attempts that are just ending release theirs.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);
}
