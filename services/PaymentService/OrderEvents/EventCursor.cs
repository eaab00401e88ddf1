namespace MsaShop.PaymentService.OrderEvents;

/// <summary>How far a feed has been read; stored together with what its events caused.</summary>
public sealed class EventCursor
{
    /// <summary>The feed's name.</summary>
    public required string Feed { get; init; }

    /// <summary>The position of the last event whose effect is stored.</summary>
    public long Position { get; set; }

    /// <summary>When it last moved.</summary>
    public required DateTime UpdatedAt { get; set; }
}
