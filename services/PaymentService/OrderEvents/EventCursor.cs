namespace MsaShop.PaymentService.OrderEvents;

/// <summary>How far a feed has been read; stored together with what its events caused.</summary>
public sealed class EventCursor
{
    public required string Feed { get; init; }

    /// <summary>The last event whose effect is stored.</summary>
    public long Position { get; set; }

    public required DateTime UpdatedAt { get; set; }
}
