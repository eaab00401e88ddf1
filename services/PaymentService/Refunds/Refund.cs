using System.Globalization;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

public enum RefundStatus
{
    /// <summary>Toss has been or will be asked; the outcome is unknown.</summary>
    Pending,

    /// <summary>Counts as refunded; an administrator still has to transfer the money.</summary>
    ToTransfer,

    /// <summary>The money went back.</summary>
    Completed,

    /// <summary>Toss refused; the shop still has the money.</summary>
    Failed,
}

public sealed class Refund
{
    /// <summary>The longest reason, here and at Toss.</summary>
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

    /// <summary>The caller's idempotency key, or a generated one; null if no administrator asked for it.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Selects the next idempotency key at Toss, as <see cref="Cards.CardAttempt.Try"/> does.</summary>
    public int Try { get; set; } = 1;

    /// <summary>Toss's key of the refund.</summary>
    public string? TransactionKey { get; set; }

    public string? TossCode { get; set; }
    public string? TossMessage { get; set; }

    /// <summary>Who transferred the money back; bank transfers only.</summary>
    public long? TransferredBy { get; set; }

    /// <summary>Who last had it retried after Toss refused.</summary>
    public long? RetriedBy { get; set; }

    /// <summary>When it was last retried.</summary>
    public DateTime? RetriedAt { get; set; }

    /// <summary>Who recorded it as made by hand after Toss refused. Toss does not know of it.</summary>
    public long? SettledBy { get; private set; }

    /// <summary>When it was recorded as made by hand.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>How it was made by hand, or why.</summary>
    public string? SettledReason { get; private set; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Records it as made by hand.</summary>
    public void Settle(long userId, string reason, DateTime now)
    {
        Status = RefundStatus.Completed;
        (SettledBy, SettledReason, SettledAt, UpdatedAt) = (userId, reason, now, now);
    }

    internal Refund Copy() => (Refund)MemberwiseClone();

    public Actor GetMover() => new(Actor, UserId, Reason);

    /// <summary>
    /// The reason with the refund's mark at the end, by which the refund is found at Toss if its answer is lost.
    /// </summary>
    internal string GetReasonForToss()
    {
        var mark = Mark;
        var room = MaxReasonLength - mark.Length;
        return Reason.Cut(room) + mark;
    }

    /// <summary>Whether a reason at Toss bears this refund's mark.</summary>
    internal bool IsMarkedIn(string? reason) => reason?.EndsWith(Mark, StringComparison.Ordinal) == true;

    private string Mark => string.Create(CultureInfo.InvariantCulture, $" [R{Id}]");
}
