namespace MsaShop.PaymentService.Cards;

/// <summary>Where one attempt to pay by card stands.</summary>
public enum CardAttemptStatus
{
    /// <summary>Under way, or its outcome is not known yet.</summary>
    Confirming,

    /// <summary>The card has been charged.</summary>
    Done,

    /// <summary>The card has not been charged, and will not be by this attempt.</summary>
    Refused,
}

/// <summary>
/// One attempt to pay an order by card: one payment key of Toss's. Stored before Toss is asked, so that no charge is
/// ever unknown here.
/// </summary>
public sealed class CardAttempt
{
    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>The payment it is for.</summary>
    public long PaymentId { get; set; }

    /// <summary>The order's public number: Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Toss's key of it, which can be charged once.</summary>
    public required string PaymentKey { get; init; }

    /// <summary>How much, in won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Where it stands.</summary>
    public CardAttemptStatus Status { get; set; } = CardAttemptStatus.Confirming;

    /// <summary>
    /// Which idempotency key the next confirm uses: a new one after Toss answered with an error, for that answer would
    /// be repeated; the same one after no answer.
    /// </summary>
    public int Try { get; set; } = 1;

    /// <summary>
    /// Until when the request that began it may still be waiting for Toss: so long nobody else asks Toss to charge.
    /// </summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>
    /// How far ahead of the time Toss's messages about it have been followed, each as far as they are apart; null before the first.
    /// </summary>
    public DateTime? HintsUntil { get; init; }

    /// <summary>Toss's error code, where it refused.</summary>
    public string? TossCode { get; set; }

    /// <summary>What Toss said, where it refused.</summary>
    public string? TossMessage { get; set; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>One just like it, to decide on.</summary>
    internal CardAttempt Copy() => (CardAttempt)MemberwiseClone();
}
