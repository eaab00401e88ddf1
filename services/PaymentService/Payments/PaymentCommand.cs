using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Payments;

/// <summary>What can happen to a payment, one of its attempts or one of its refunds.</summary>
internal abstract record PaymentCommand
{
    private PaymentCommand() { }

    /// <summary>The shopper wants to pay by card.</summary>
    /// <param name="Order">The order, as order-svc or its feed has told.</param>
    /// <param name="PaymentKey">Toss's key.</param>
    /// <param name="Lease">For how long the request that begins it sees to it.</param>
    public sealed record BeginAttempt(ShopOrder Order, string PaymentKey, TimeSpan Lease) : PaymentCommand;

    /// <summary>Something is known about an attempt.</summary>
    /// <param name="AttemptId">The attempt.</param>
    /// <param name="ByRequest">Whether the request that began it has found out, for which the shopper waits.</param>
    public abstract record OfAttempt(long AttemptId, bool ByRequest) : PaymentCommand;

    /// <summary>Toss has charged the card.</summary>
    public sealed record Charged(long AttemptId, bool ByRequest) : OfAttempt(AttemptId, ByRequest);

    /// <summary>Toss has not charged the card, and will not for this attempt.</summary>
    /// <param name="Failure">Toss's words; null if it was not asked.</param>
    public sealed record NotCharged(long AttemptId, TossFailure? Failure, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <summary>Nobody knows whether Toss has charged the card.</summary>
    /// <param name="WasAnswered">Whether Toss would repeat its answer to the same idempotency key.</param>
    public sealed record OutcomeUnknown(long AttemptId, bool WasAnswered, bool ByRequest)
        : OfAttempt(AttemptId, ByRequest);

    /// <summary>An administrator has seen the bank transfer on the shop's account.</summary>
    /// <param name="DepositorName">In whose name; null for the one that was announced.</param>
    /// <param name="Amount">How much, in won; null for what was to come.</param>
    /// <param name="IsUndoable">Whether it is to be undoable for a while.</param>
    /// <param name="UndoUntil">Until when; null where there is no time for that.</param>
    /// <param name="IsSeen">Whether order-svc has been asked for the order, and waits for the deposit if it has to.</param>
    /// <param name="SeenSince">The last change of the payment that was known before order-svc was asked; null if there was no payment.</param>
    /// <param name="Actor">Who says so.</param>
    public sealed record RecordDeposit(
        string? DepositorName,
        decimal? Amount,
        bool IsUndoable,
        DateTime? UndoUntil,
        bool IsSeen,
        DateTime? SeenSince,
        Actor Actor
    ) : PaymentCommand;

    /// <summary>The bank transfer has not come after all.</summary>
    /// <param name="Actor">Who says so.</param>
    public sealed record UndoDeposit(Actor Actor) : PaymentCommand;

    /// <summary>order-svc is about to be told of the deposit, if it cannot be undone any more.</summary>
    public sealed record CloseDeposit : PaymentCommand;

    /// <summary>The order is confirmed.</summary>
    /// <param name="Actor">Who confirmed it.</param>
    public sealed record OrderConfirmed(Actor Actor) : PaymentCommand;

    /// <summary>The order will not be sent.</summary>
    /// <param name="Actor">Who cancelled it.</param>
    public sealed record OrderCancelled(Actor Actor) : PaymentCommand;

    /// <summary>The order does not take the money.</summary>
    /// <param name="Refusal">The code with which order-svc says so.</param>
    public sealed record OrderRefused(string Refusal) : PaymentCommand;

    /// <summary>An administrator gives money back.</summary>
    /// <param name="Amount">How much, in won; null for all that is left.</param>
    /// <param name="Actor">Who, and why.</param>
    /// <param name="IdempotencyKey">Which refund it is: under the same key there is one.</param>
    public sealed record RequestRefund(decimal? Amount, Actor Actor, string IdempotencyKey) : PaymentCommand;

    /// <summary>All that is left goes back, if nothing else is under way.</summary>
    /// <param name="Actor">Who wants it, and why.</param>
    public sealed record RefundRest(Actor Actor) : PaymentCommand;

    /// <summary>Toss tells how a payment stands; refunds only become more.</summary>
    /// <param name="Told">What it tells.</param>
    public sealed record RecordRefunds(TossPayment Told) : PaymentCommand;

    /// <summary>Something happens to a refund.</summary>
    /// <param name="RefundId">The refund.</param>
    public abstract record OfRefund(long RefundId) : PaymentCommand;

    /// <summary>Toss was asked to make a refund.</summary>
    /// <param name="Answer">What it answered.</param>
    /// <param name="Told">How the payment stands since, as Toss tells.</param>
    public sealed record RefundAnswered(long RefundId, TossAnswer Answer, TossAnswer Told) : OfRefund(RefundId);

    /// <summary>A bank transfer is to go back by hand.</summary>
    public sealed record LeaveToTransfer(long RefundId) : OfRefund(RefundId);

    /// <summary>It has been transferred by hand.</summary>
    /// <param name="UserId">Who says so.</param>
    public sealed record MarkTransferred(long RefundId, long UserId) : OfRefund(RefundId);

    /// <summary>Toss is to be asked again for a refund that it has refused.</summary>
    /// <param name="UserId">Who wants it.</param>
    public sealed record RetryRefund(long RefundId, long UserId) : OfRefund(RefundId);

    /// <summary>A refund that Toss has refused has been made by hand.</summary>
    /// <param name="UserId">Who says so.</param>
    /// <param name="Reason">How it was made, or why.</param>
    public sealed record SettleRefund(long RefundId, long UserId, string Reason) : OfRefund(RefundId);
}

/// <summary>Why a payment does not do what is asked of it.</summary>
internal enum PaymentRefusal
{
    /// <summary>The order cannot be paid, or not with this key.</summary>
    NotPayable,

    /// <summary>Another attempt to pay by card is under way.</summary>
    PaymentInProgress,

    /// <summary>The order is still being let go after an earlier attempt.</summary>
    StillReleasing,

    /// <summary>It is not paid by bank transfer.</summary>
    NotATransfer,

    /// <summary>Another amount is to be paid.</summary>
    AmountMismatch,

    /// <summary>order-svc does not wait for the deposit yet.</summary>
    NotSeen,

    /// <summary>It is too late to undo the deposit.</summary>
    Settled,

    /// <summary>The deposit can still be undone.</summary>
    Undoable,

    /// <summary>The money is not there, or not any more.</summary>
    NotRefundable,

    /// <summary>A refund is under way.</summary>
    RefundInProgress,

    /// <summary>Not that much is left.</summary>
    TooLarge,

    /// <summary>The idempotency key belongs to another refund.</summary>
    KeyReused,

    /// <summary>Toss has not refused the refund.</summary>
    NotRefused,

    /// <summary>Somebody else has said that the refund was made by hand.</summary>
    SettledBefore,
}
