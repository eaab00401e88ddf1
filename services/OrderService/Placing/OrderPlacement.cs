using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>How far the placing of an order has come.</summary>
public enum PlacementState
{
    /// <summary>Under way; if its lease is over, whoever was at it is gone.</summary>
    Running,

    /// <summary>The order stands.</summary>
    Placed,

    /// <summary>It could not be placed, for a reason that trying again does not change.</summary>
    Refused,

    /// <summary>It failed. What was done is undone.</summary>
    Abandoned,
}

/// <summary>
/// The wish for an order, stored before anything is done about it: whatever breaks while it is carried out, it is known
/// what has to be undone. It also holds the answer, for a request that comes again with the same key.
/// </summary>
public sealed class OrderPlacement
{
    /// <summary>The number that the order has or would have had.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Who orders.</summary>
    public required long UserId { get; init; }

    /// <summary>The client's key for this request; null where it gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What was wanted, to tell a repeated request from another.</summary>
    public required string RequestHash { get; init; }

    /// <summary>How many of each product were wanted; null where an older release has stored it.</summary>
    public string? Wanted { get; init; }

    /// <summary>How far it has come.</summary>
    public PlacementState State { get; init; } = PlacementState.Running;

    /// <summary>The answer's status code.</summary>
    public int? AnswerStatus { get; init; }

    /// <summary>Where the answer says that the order is.</summary>
    public string? AnswerLocation { get; init; }

    /// <summary>The answer's body.</summary>
    public string? AnswerBody { get; init; }

    /// <summary>The trace of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Until when the request may take; after that it is undone.</summary>
    public required DateTime LeaseUntil { get; init; }

    /// <summary>When the request came.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>The answer that was given, for whoever asks again.</summary>
    internal RecordedAnswer? Answer =>
        this is { AnswerStatus: { } status, AnswerBody: { } body }
            ? new RecordedAnswer(status, AnswerLocation, body) { Replayed = true }
            : null;
}
