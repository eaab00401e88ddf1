using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>
/// A payment with its attempts and refunds, as a decision makes them of what is stored, and the messages that this causes. What it is
/// made of stays as it was; <see cref="PaymentStore"/> writes the difference.
/// </summary>
internal sealed class PaymentDraft
{
    private readonly List<PaymentMessage> _messages = [];

    /// <summary>Begins with what is known.</summary>
    /// <param name="before">What is known.</param>
    /// <param name="now">The time.</param>
    public PaymentDraft(PaymentState before, DateTime now)
    {
        Before = before;
        Now = now;
        Payment = before.Payment.Copy();
        Attempts = [.. before.Attempts.Select(attempt => attempt.Copy())];
        Refunds = [.. before.Refunds.Select(refund => refund.Copy())];
    }

    /// <summary>What was known.</summary>
    public PaymentState Before { get; }

    /// <summary>The time.</summary>
    public DateTime Now { get; }

    /// <summary>The payment.</summary>
    public Payment Payment { get; }

    /// <summary>The attempts to pay by card, oldest first; a new one has no id yet.</summary>
    public List<CardAttempt> Attempts { get; }

    /// <summary>The refunds, oldest first; a new one has no id yet.</summary>
    public List<Refund> Refunds { get; }

    /// <summary>What it causes.</summary>
    public IReadOnlyList<PaymentMessage> Messages => _messages;

    /// <summary>The refund that is under way, of which there is one at most.</summary>
    public Refund? PendingRefund => Refunds.Find(refund => refund.Status == RefundStatus.Pending);

    /// <summary>Causes a message.</summary>
    public void Send(PaymentMessage message) => _messages.Add(message);

    /// <summary>The attempt with this id.</summary>
    public CardAttempt FindAttempt(long id) =>
        Attempts.Find(attempt => attempt.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no attempt {id}.");

    /// <summary>The refund with this id.</summary>
    public Refund FindRefund(long id) =>
        Refunds.Find(refund => refund.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no refund {id}.");
}

/// <summary>What is known of a payment when something is decided about it.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Attempts">The attempts to pay by card, oldest first.</param>
/// <param name="Refunds">The refunds, oldest first.</param>
internal sealed record PaymentState(Payment Payment, IReadOnlyList<CardAttempt> Attempts, IReadOnlyList<Refund> Refunds)
{
    /// <summary>Whether order-svc is still to be told that an earlier attempt has ended, and lets the order go.</summary>
    public bool IsReleasing { get; init; }

    /// <summary>When the deposit was recorded that can be undone; null where there is none.</summary>
    public DateTime? DepositSeenAt { get; init; }
}

/// <summary>A message that a decision causes.</summary>
internal abstract record PaymentMessage
{
    private PaymentMessage() { }

    /// <summary>order-svc is told of the money.</summary>
    /// <param name="Message">What it is told.</param>
    /// <param name="NotBefore">The earliest time for it; null for now.</param>
    /// <param name="Hastens">Whether it may be waiting to be told already.</param>
    /// <param name="IsAwaited">Whether somebody waits for it, who tells it.</param>
    public sealed record OrderIsPaid(
        OrderPaid Message,
        DateTime? NotBefore = null,
        bool Hastens = false,
        bool IsAwaited = false
    ) : PaymentMessage;

    /// <summary>order-svc is not told of the money after all.</summary>
    public sealed record OrderIsNotPaid : PaymentMessage;

    /// <summary>order-svc lets the order go.</summary>
    public sealed record OrderIsReleased : PaymentMessage;

    /// <summary>order-svc hears that all of the money has gone back.</summary>
    /// <param name="Message">What it is told.</param>
    public sealed record OrderIsRefunded(OrderRefunded Message) : PaymentMessage;

    /// <summary>order-svc no longer waits for the deposit.</summary>
    /// <param name="Message">What it is told.</param>
    public sealed record DepositIsForgotten(ForgetDeposit Message) : PaymentMessage;

    /// <summary>The background finds out how an attempt ended.</summary>
    /// <param name="Attempt">The attempt.</param>
    public sealed record AttemptIsSettled(CardAttempt Attempt) : PaymentMessage;

    /// <summary>A refund is made.</summary>
    /// <param name="Refund">The refund.</param>
    public sealed record RefundIsSent(Refund Refund) : PaymentMessage;

    /// <summary>What is left goes back, once the refund under way has ended.</summary>
    /// <param name="Message">Who wants it.</param>
    /// <param name="NotBefore">When to look.</param>
    public sealed record RestIsRefunded(RefundRest Message, DateTime NotBefore) : PaymentMessage;
}
