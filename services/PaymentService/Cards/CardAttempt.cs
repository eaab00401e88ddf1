namespace MsaShop.PaymentService.Cards;

public enum CardAttemptStatus
{
    /// <summary>Under way, or the outcome is not known yet.</summary>
    Confirming,

    Done,

    /// <summary>Not charged, and this attempt never will be.</summary>
    Refused,
}

/// <summary>One payment key of Toss's. Stored before Toss is asked, so that the shop knows of every charge.</summary>
public sealed class CardAttempt
{
    public long Id { get; set; }
    public long PaymentId { get; set; }

    /// <summary>Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Toss charges a key at most once.</summary>
    public required string PaymentKey { get; init; }

    /// <summary>In won.</summary>
    public required decimal Amount { get; init; }

    public CardAttemptStatus Status { get; set; } = CardAttemptStatus.Confirming;

    /// <summary>
    /// Numbers the idempotency key of the next confirm. It grows after Toss answered with an error, which the same key
    /// would only repeat; without an answer the key stays the same.
    /// </summary>
    public int Try { get; set; } = 1;

    /// <summary>
    /// Until then the request that began the attempt may wait for Toss; nobody else asks Toss to charge.
    /// </summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>
    /// Limits how often Toss's webhooks are followed: each one moves this time on by <c>Webhooks:Pause</c>, at most a
    /// burst ahead of the clock; null before the first.
    /// </summary>
    public DateTime? HintsUntil { get; init; }

    /// <summary>Why Toss refused; null where it did not, or was not asked.</summary>
    public string? TossCode { get; set; }

    public string? TossMessage { get; set; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    internal CardAttempt Copy() => (CardAttempt)MemberwiseClone();
}
