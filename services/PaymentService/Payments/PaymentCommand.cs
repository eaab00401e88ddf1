using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Payments;

/// <summary>What can happen to a payment, its attempts or its refunds.</summary>
internal abstract record PaymentCommand
{
    private PaymentCommand() { }

    /// <param name="Lease">How long the request that begins the attempt sees to it.</param>
    public sealed record BeginAttempt(ShopOrder Order, string PaymentKey, TimeSpan Lease) : PaymentCommand;

    /// <summary>News of an attempt.</summary>
    /// <param name="ByRequest">Whether the request that began it, on which the shopper waits, brings the news.</param>
    public abstract record OfAttempt(long AttemptId, bool ByRequest) : PaymentCommand;

    public sealed record Charged(long AttemptId, bool ByRequest) : OfAttempt(AttemptId, ByRequest);

    /// <summary>Not charged, and this attempt never will be.</summary>
    /// <param name="Failure">Null if Toss was not asked.</param>
    public sealed record NotCharged(long AttemptId, TossFailure? Failure, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <summary>Nobody knows whether Toss has charged the card.</summary>
    /// <param name="WasAnswered">Whether Toss would repeat its answer to the same idempotency key.</param>
    public sealed record OutcomeUnknown(long AttemptId, bool WasAnswered, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <summary>An administrator has seen the bank transfer on the shop's account.</summary>
    /// <param name="DepositorName">Null for the name that was announced.</param>
    /// <param name="Amount">In won; null for the amount due.</param>
    /// <param name="UndoUntil">Null where there is no time to undo it.</param>
    /// <param name="IsSeen">Whether order-svc was asked for the order, and waits for the deposit if it has to.</param>
    /// <param name="SeenSince">
    /// The payment's last change known before order-svc was asked; null without a payment.
    /// </param>
    public sealed record RecordDeposit(
        string? DepositorName,
        decimal? Amount,
        bool IsUndoable,
        DateTime? UndoUntil,
        bool IsSeen,
        DateTime? SeenSince,
        Actor Actor
    ) : PaymentCommand;

    public sealed record UndoDeposit(Actor Actor) : PaymentCommand;

    /// <summary>order-svc is about to be told of the deposit, if it cannot be undone any more.</summary>
    public sealed record CloseDeposit : PaymentCommand;

    public sealed record OrderConfirmed(Actor Actor) : PaymentCommand;

    public sealed record OrderCancelled(Actor Actor) : PaymentCommand;

    /// <param name="Refusal">order-svc's code.</param>
    public sealed record OrderRefused(string Refusal) : PaymentCommand;

    /// <param name="Amount">In won; null for all that is left.</param>
    /// <param name="IdempotencyKey">A payment has one refund for each key.</param>
    public sealed record RequestRefund(decimal? Amount, Actor Actor, string IdempotencyKey) : PaymentCommand;

    /// <summary>Once no other refund is under way.</summary>
    public sealed record RefundRest(Actor Actor) : PaymentCommand;

    /// <summary>Toss tells of refunds that it has made; there are only ever more of them.</summary>
    public sealed record RecordRefunds(TossPayment Told) : PaymentCommand;

    public abstract record OfRefund(long RefundId) : PaymentCommand;

    /// <param name="Told">The payment since, as Toss tells it.</param>
    public sealed record RefundAnswered(long RefundId, TossAnswer Answer, TossAnswer Told) : OfRefund(RefundId);

    /// <summary>A bank transfer is to go back by hand.</summary>
    public sealed record LeaveToTransfer(long RefundId) : OfRefund(RefundId);

    public sealed record MarkTransferred(long RefundId, long UserId) : OfRefund(RefundId);

    public sealed record RetryRefund(long RefundId, long UserId) : OfRefund(RefundId);

    /// <summary>A refund that Toss has refused was made by hand.</summary>
    /// <param name="Reason">How it was made, or why.</param>
    public sealed record SettleRefund(long RefundId, long UserId, string Reason) : OfRefund(RefundId);
}

internal enum PaymentRefusal
{
    /// <summary>The order cannot be paid, or not with this key.</summary>
    NotPayable,

    PaymentInProgress,

    /// <summary>The hold of an earlier attempt is still being released.</summary>
    StillReleasing,

    NotATransfer,
    AmountMismatch,

    /// <summary>order-svc does not wait for the deposit yet.</summary>
    NotSeen,

    Settled,
    Undoable,

    /// <summary>The money is not there, or not any more.</summary>
    NotRefundable,

    RefundInProgress,
    TooLarge,
    KeyReused,
    NotRefused,

    /// <summary>Somebody else has said that the refund was made by hand.</summary>
    SettledBefore,
}
