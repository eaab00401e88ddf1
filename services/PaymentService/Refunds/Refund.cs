namespace MsaShop.PaymentService.Refunds;

public enum RefundStatus
{
    /// <summary>Toss has been or will be asked; the outcome is not known yet.</summary>
    Pending,

    /// <summary>Counts as given back; somebody must still transfer the money by hand.</summary>
    ToTransfer,

    Completed,

    /// <summary>Toss refused; the money is still here.</summary>
    Failed,
}

public sealed class Refund
{
    /// <summary>The most characters that a reason may have, here and at Toss.</summary>
    public const int MaxReasonLength = 200;

    public long Id { get; set; }
    public required long PaymentId { get; init; }

    /// <summary>In won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>In won; null for all that was left.</summary>
    public decimal? AskedAmount { get; init; }

    public required string Reason { get; init; }
    public RefundStatus Status { get; set; } = RefundStatus.Pending;
    public required PaymentActor Actor { get; init; }

    /// <summary>Null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>The caller's, or a generated one; null where no administrator asked for the refund.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Numbers the idempotency key of the next request to Toss, as <see cref="Cards.CardAttempt.Try"/>.
    /// </summary>
    public int Try { get; set; } = 1;

    /// <summary>Toss's key of the refund.</summary>
    public string? TransactionKey { get; set; }

    /// <summary>Why Toss refused.</summary>
    public string? TossCode { get; set; }

    public string? TossMessage { get; set; }

    /// <summary>Who transferred the money back by hand; only for bank transfers.</summary>
    public long? TransferredBy { get; set; }

    /// <summary>Who last had it tried again, after Toss had refused it.</summary>
    public long? RetriedBy { get; set; }

    public DateTime? RetriedAt { get; set; }

    /// <summary>Who said that it was made by hand, after Toss had refused it. Toss does not know of it.</summary>
    public long? SettledBy { get; private set; }

    public DateTime? SettledAt { get; private set; }

    /// <summary>How it was made, or why.</summary>
    public string? SettledReason { get; private set; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Records that it was made by hand.</summary>
    public void Settle(long userId, string reason, DateTime now)
    {
        Status = RefundStatus.Completed;
        (SettledBy, SettledReason, SettledAt, UpdatedAt) = (userId, reason, now, now);
    }

    internal Refund Copy() => (Refund)MemberwiseClone();

    public Actor GetMover() => new(Actor, UserId, Reason);

    /// <summary>
    /// The reason for Toss, marked with the refund's id at the end: if Toss's answer was lost, the mark finds the
    /// refund among those that Toss has made.
    /// </summary>
    internal string GetReasonForToss() => Reason.Cut(MaxReasonLength - Mark.Length) + Mark;

    /// <summary>Whether a reason that Toss tells has this refund's mark.</summary>
    internal bool IsMarkedIn(string? reason) => reason?.EndsWith(Mark, StringComparison.Ordinal) == true;

    private string Mark => $" [R{Id}]";
}
