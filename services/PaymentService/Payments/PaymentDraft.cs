using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>
/// A working copy of a payment with its attempts and refunds, which a decision changes, and the messages that this causes.
/// <see cref="PaymentStore"/> writes the difference to <see cref="Before"/>.
/// </summary>
internal sealed class PaymentDraft
{
    private readonly List<PaymentMessage> _messages = [];

    public PaymentDraft(PaymentState before, DateTime now)
    {
        Before = before;
        Now = now;
        Payment = before.Payment.Copy();
        Attempts = [.. before.Attempts.Select(attempt => attempt.Copy())];
        Refunds = [.. before.Refunds.Select(refund => refund.Copy())];
    }

    public PaymentState Before { get; }
    public DateTime Now { get; }
    public Payment Payment { get; }

    /// <summary>Oldest first; a new one has no id yet.</summary>
    public List<CardAttempt> Attempts { get; }

    /// <summary>Oldest first; a new one has no id yet.</summary>
    public List<Refund> Refunds { get; }

    public IReadOnlyList<PaymentMessage> Messages => _messages;

    /// <summary>The refund under way: one at most.</summary>
    public Refund? PendingRefund => Refunds.Find(refund => refund.Status == RefundStatus.Pending);

    public void Send(PaymentMessage message) => _messages.Add(message);

    public CardAttempt FindAttempt(long id) =>
        Attempts.Find(attempt => attempt.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no attempt {id}.");

    public Refund FindRefund(long id) =>
        Refunds.Find(refund => refund.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no refund {id}.");
}

/// <summary>What a decision is based on.</summary>
/// <param name="Attempts">Oldest first.</param>
/// <param name="Refunds">Oldest first.</param>
internal sealed record PaymentState(Payment Payment, IReadOnlyList<CardAttempt> Attempts, IReadOnlyList<Refund> Refunds)
{
    /// <summary>Whether the release of the order by an earlier attempt is still to be delivered.</summary>
    public bool IsReleasing { get; init; }

    /// <summary>When the deposit was recorded that can be undone; null if there is none.</summary>
    public DateTime? DepositSeenAt { get; init; }
}

/// <summary>A message that a decision causes.</summary>
internal abstract record PaymentMessage
{
    private PaymentMessage() { }

    /// <summary>Tells order-svc that the order is paid.</summary>
    /// <param name="NotBefore">Null for now.</param>
    /// <param name="Hastens">Whether an earlier, delayed message may be pending.</param>
    /// <param name="IsAwaited">Whether the caller delivers it itself.</param>
    public sealed record OrderIsPaid(
        OrderPaid Message,
        DateTime? NotBefore = null,
        bool Hastens = false,
        bool IsAwaited = false
    ) : PaymentMessage;

    /// <summary>Cancels the message that the order is paid.</summary>
    public sealed record OrderIsNotPaid : PaymentMessage;

    /// <summary>Has order-svc release the order.</summary>
    public sealed record OrderIsReleased : PaymentMessage;

    /// <summary>Tells order-svc that all of the money has gone back.</summary>
    public sealed record OrderIsRefunded(OrderRefunded Message) : PaymentMessage;

    /// <summary>Tells order-svc not to wait for the deposit any more.</summary>
    public sealed record DepositIsForgotten(ForgetDeposit Message) : PaymentMessage;

    /// <summary>Has the background find out how the attempt ended.</summary>
    public sealed record AttemptIsSettled(CardAttempt Attempt) : PaymentMessage;

    public sealed record RefundIsSent(Refund Refund) : PaymentMessage;

    /// <summary>Refunds what is left, once the refund under way has ended.</summary>
    public sealed record RestIsRefunded(RefundRest Message, DateTime NotBefore) : PaymentMessage;
}
