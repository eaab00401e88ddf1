using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Payments;

/// <summary>What can happen to a payment, one of its attempts or one of its refunds.</summary>
internal abstract record PaymentCommand
{
    private PaymentCommand() { }

    /// <param name="Order">As order-svc or its feed reports it.</param>
    /// <param name="Lease">How long the request that begins the attempt has for it.</param>
    public sealed record BeginAttempt(ShopOrder Order, string PaymentKey, TimeSpan Lease) : PaymentCommand;

    /// <param name="ByRequest">Whether the request that began the attempt found out; the shopper waits for it.</param>
    public abstract record OfAttempt(long AttemptId, bool ByRequest) : PaymentCommand;

    public sealed record Charged(long AttemptId, bool ByRequest) : OfAttempt(AttemptId, ByRequest);

    /// <summary>Toss has not charged the card, and will not for this attempt.</summary>
    /// <param name="Failure">Null if Toss was not asked.</param>
    public sealed record NotCharged(long AttemptId, TossFailure? Failure, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <param name="WasAnswered">Whether Toss would repeat its answer to the same idempotency key.</param>
    public sealed record OutcomeUnknown(long AttemptId, bool WasAnswered, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <summary>An administrator has seen the bank transfer on the shop's account.</summary>
    /// <param name="DepositorName">Null for the announced name.</param>
    /// <param name="Amount">In won; null for the expected amount.</param>
    /// <param name="UndoUntil">Null if there is no time for an undo.</param>
    /// <param name="IsSeen">Whether order-svc was asked, and suspends the deadline if it has to.</param>
    /// <param name="SeenSince">The payment's last change before order-svc was asked; null if there was no payment.</param>
    public sealed record RecordDeposit(
        string? DepositorName,
        decimal? Amount,
        bool IsUndoable,
        DateTime? UndoUntil,
        bool IsSeen,
        DateTime? SeenSince,
        Actor Actor
    ) : PaymentCommand;

    /// <summary>The bank transfer was recorded by mistake.</summary>
    public sealed record UndoDeposit(Actor Actor) : PaymentCommand;

    /// <summary>order-svc is about to be told of the deposit, if its time to undo is over.</summary>
    public sealed record CloseDeposit : PaymentCommand;

    public sealed record OrderConfirmed(Actor Actor) : PaymentCommand;

    /// <summary>The order will not be shipped.</summary>
    public sealed record OrderCancelled(Actor Actor) : PaymentCommand;

    /// <summary>order-svc refuses the money.</summary>
    /// <param name="Refusal">Its code.</param>
    public sealed record OrderRefused(string Refusal) : PaymentCommand;

    /// <summary>An administrator refunds money.</summary>
    /// <param name="Amount">In won; null for all that is left.</param>
    /// <param name="IdempotencyKey">There is one refund per key.</param>
    public sealed record RequestRefund(decimal? Amount, Actor Actor, string IdempotencyKey) : PaymentCommand;

    /// <summary>Refunds all that is left, once no other refund is under way.</summary>
    public sealed record RefundRest(Actor Actor) : PaymentCommand;

    /// <summary>Toss reports a payment, with all refunds that it knows.</summary>
    public sealed record RecordRefunds(TossPayment Told) : PaymentCommand;

    public abstract record OfRefund(long RefundId) : PaymentCommand;

    /// <summary>Toss has answered a refund.</summary>
    /// <param name="Told">The payment as Toss reports it afterwards.</param>
    public sealed record RefundAnswered(long RefundId, TossAnswer Answer, TossAnswer Told) : OfRefund(RefundId);

    public sealed record LeaveToTransfer(long RefundId) : OfRefund(RefundId);

    /// <summary>An administrator has transferred the money back.</summary>
    public sealed record MarkTransferred(long RefundId, long UserId) : OfRefund(RefundId);

    /// <summary>Asks Toss again for a refund that it refused.</summary>
    public sealed record RetryRefund(long RefundId, long UserId) : OfRefund(RefundId);

    /// <summary>An administrator has made a refund by hand that Toss refused.</summary>
    /// <param name="Reason">How it was made, or why.</param>
    public sealed record SettleRefund(long RefundId, long UserId, string Reason) : OfRefund(RefundId);
}

/// <summary>Why a command is refused.</summary>
internal enum PaymentRefusal
{
    /// <summary>The order cannot be paid, or not with this key.</summary>
    NotPayable,

    PaymentInProgress,

    /// <summary>An earlier attempt is still releasing the order.</summary>
    StillReleasing,

    NotATransfer,

    /// <summary>Another amount is expected.</summary>
    AmountMismatch,

    /// <summary>order-svc has not suspended the deadline yet.</summary>
    NotSeen,

    /// <summary>It is too late to undo the deposit.</summary>
    Settled,

    /// <summary>The deposit can still be undone.</summary>
    Undoable,

    /// <summary>There is no money to refund.</summary>
    NotRefundable,

    RefundInProgress,
    TooLarge,

    /// <summary>The idempotency key belongs to another refund.</summary>
    KeyReused,

    /// <summary>Toss has not refused the refund.</summary>
    NotRefused,

    /// <summary>Somebody else has recorded the refund as made by hand.</summary>
    SettledBefore,
}
