using System.ComponentModel.DataAnnotations;

namespace MsaShop.OrderService.Placing;

/// <summary>How long the placing of an order may take; the configuration section <c>Placements</c>.</summary>
public sealed class PlacementOptions
{
    /// <summary>After how long a placement that has not ended is undone. A request gives up well before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often to look for placements that nobody will end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long answers are kept for requests that come again.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(7);
}
