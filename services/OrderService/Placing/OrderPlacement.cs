namespace MsaShop.OrderService.Placing;

public enum PlacementState
{
    /// <summary>Under way; once its lease is over, its request is gone.</summary>
    Running,

    Placed,

    /// <summary>Refused for a reason that a retry does not change.</summary>
    Refused,

    /// <summary>Failed, and undone.</summary>
    Abandoned,
}

/// <summary>
/// A request for an order. Recorded before any side effect, so that recovery knows what to undo. It keeps the answer for a
/// repeated request with the same key.
/// </summary>
public sealed class OrderPlacement
{
    /// <summary>The number that the order has or would have had.</summary>
    public required string OrderNumber { get; init; }

    public required long UserId { get; init; }

    /// <summary>The client's key; null if it gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Tells a repeated request from another one with the same key.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The quantity of each product; null from an older release.</summary>
    public string? Wanted { get; init; }

    public PlacementState State { get; init; } = PlacementState.Running;
    public int? AnswerStatus { get; init; }

    public string? AnswerLocation { get; init; }

    public string? AnswerBody { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>A placement that still runs at this time is undone.</summary>
    public required DateTime LeaseUntil { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>The recorded answer, for a repeated request.</summary>
    internal RecordedAnswer? Answer =>
        this is { AnswerStatus: { } status, AnswerBody: { } body }
            ? new RecordedAnswer(status, AnswerLocation, body) { Replayed = true }
            : null;
}
