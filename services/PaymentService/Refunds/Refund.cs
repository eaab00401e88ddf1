using System.Globalization;
using MsaShop.Data;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Where a refund stands.</summary>
public enum RefundStatus
{
    /// <summary>Toss has been or will be asked; its outcome is not known yet.</summary>
    Pending,

    /// <summary>Counts as given back, and somebody must still transfer the money by hand.</summary>
    ToTransfer,

    /// <summary>The money went back.</summary>
    Completed,

    /// <summary>Toss refused; the money is still here.</summary>
    Failed,
}

/// <summary>Money given back, of one payment.</summary>
public sealed class Refund
{
    /// <summary>The most letters that a reason may have, here and at Toss.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>The payment.</summary>
    public required long PaymentId { get; init; }

    /// <summary>How much, in won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>How much was asked for; null where it was all that was left.</summary>
    public decimal? AskedAmount { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Where it stands.</summary>
    public RefundStatus Status { get; set; } = RefundStatus.Pending;

    /// <summary>In which role it was asked for.</summary>
    public required PaymentActor Actor { get; init; }

    /// <summary>The user who asked for it; null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>The caller's idempotency key, or one of its own; null where the refund is not an admin's wish.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Which idempotency key towards Toss comes next, as in <see cref="Cards.CardAttempt.Try"/>.</summary>
    public int Try { get; set; } = 1;

    /// <summary>Toss's key of the refund.</summary>
    public string? TransactionKey { get; set; }

    /// <summary>Toss's error code, where it refused.</summary>
    public string? TossCode { get; set; }

    /// <summary>What Toss said, where it refused.</summary>
    public string? TossMessage { get; set; }

    /// <summary>Who transferred the money back by hand; only for bank transfers.</summary>
    public long? TransferredBy { get; set; }

    /// <summary>Who had it tried again last, after Toss had refused it.</summary>
    public long? RetriedBy { get; set; }

    /// <summary>When that was.</summary>
    public DateTime? RetriedAt { get; set; }

    /// <summary>Who said that it has been made by hand, after Toss had refused it. Toss knows nothing of it.</summary>
    public long? SettledBy { get; private set; }

    /// <summary>When that was said.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>How it was made, or why.</summary>
    public string? SettledReason { get; private set; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>It has been made by hand.</summary>
    /// <param name="userId">Who says so.</param>
    /// <param name="reason">How it was made, or why.</param>
    /// <param name="now">The time.</param>
    public void Settle(long userId, string reason, DateTime now)
    {
        Status = RefundStatus.Completed;
        (SettledBy, SettledReason, SettledAt, UpdatedAt) = (userId, reason, now, now);
    }

    /// <summary>One just like it, to decide on.</summary>
    internal Refund Copy() => (Refund)MemberwiseClone();

    /// <summary>Who asked for it, and why.</summary>
    public Actor GetMover() => new(Actor, UserId, Reason);

    /// <summary>
    /// The reason as Toss gets it, with the refund's own mark at the end: by it the refund is found again among those
    /// that Toss has made, when Toss's answer was lost.
    /// </summary>
    internal string GetReasonForToss()
    {
        var mark = Mark;
        var room = MaxReasonLength - mark.Length;
        return Reason.Cut(room) + mark;
    }

    /// <summary>Whether this reason, as Toss tells it, is this refund's.</summary>
    internal bool IsMarkedIn(string? reason) => reason?.EndsWith(Mark, StringComparison.Ordinal) == true;

    private string Mark => string.Create(CultureInfo.InvariantCulture, $" [R{Id}]");
}
