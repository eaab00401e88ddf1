using System.ComponentModel.DataAnnotations;

namespace MsaShop.OrderService.Placing;

/// <summary>The configuration section <c>Placements</c>: how long placing an order may take.</summary>
public sealed class PlacementOptions
{
    /// <summary>The time after which a placement that has not ended is undone. Requests give up well before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often to look for such placements.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long answers are kept for repeated requests.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(7);
}
