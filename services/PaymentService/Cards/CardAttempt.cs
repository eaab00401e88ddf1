namespace MsaShop.PaymentService.Cards;

public enum CardAttemptStatus
{
    /// <summary>Under way, or its outcome is unknown.</summary>
    Confirming,

    Done,

    /// <summary>Not charged, and never will be by this attempt.</summary>
    Refused,
}

/// <summary>
/// One attempt to pay an order by card: one Toss payment key. Stored before Toss is called, so that no charge goes
/// unrecorded.
/// </summary>
public sealed class CardAttempt
{
    public long Id { get; set; }
    public long PaymentId { get; set; }

    /// <summary>Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Toss charges a key once at most.</summary>
    public required string PaymentKey { get; init; }

    /// <summary>In won.</summary>
    public required decimal Amount { get; init; }

    public CardAttemptStatus Status { get; set; } = CardAttemptStatus.Confirming;

    /// <summary>
    /// Selects the idempotency key of the next confirm: a new one after an error, which Toss would repeat; the same one
    /// after no answer.
    /// </summary>
    public int Try { get; set; } = 1;

    /// <summary>While the lease lasts, only the request that began the attempt may ask Toss to charge.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>
    /// When the token bucket of <see cref="Webhooks.WebhookOptions"/> is full again; null before the first webhook.
    /// </summary>
    public DateTime? HintsUntil { get; init; }

    public string? TossCode { get; set; }
    public string? TossMessage { get; set; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    internal CardAttempt Copy() => (CardAttempt)MemberwiseClone();
}
