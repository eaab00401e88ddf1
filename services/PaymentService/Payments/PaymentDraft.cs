using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>
/// A copy of a payment, its attempts and its refunds for a decision to change, and the messages that this causes. <see
/// cref="Before"/> stays as it was; <see cref="PaymentStore"/> writes the difference.
/// </summary>
internal sealed class PaymentDraft(PaymentState before, DateTime now)
{
    private readonly List<PaymentMessage> _messages = [];

    public PaymentState Before { get; } = before;
    public DateTime Now { get; } = now;
    public Payment Payment { get; } = before.Payment.Copy();

    /// <summary>Oldest first; a new one has no id yet.</summary>
    public List<CardAttempt> Attempts { get; } = [.. before.Attempts.Select(attempt => attempt.Copy())];

    /// <summary>Oldest first; a new one has no id yet.</summary>
    public List<Refund> Refunds { get; } = [.. before.Refunds.Select(refund => refund.Copy())];

    public IReadOnlyList<PaymentMessage> Messages => _messages;

    /// <summary>At most one is under way.</summary>
    public Refund? PendingRefund => Refunds.Find(refund => refund.Status == RefundStatus.Pending);

    public void Send(PaymentMessage message) => _messages.Add(message);

    public CardAttempt FindAttempt(long id) =>
        Attempts.Find(attempt => attempt.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no attempt {id}.");

    public Refund FindRefund(long id) =>
        Refunds.Find(refund => refund.Id == id)
        ?? throw new InvalidOperationException($"Payment {Payment.Id} has no refund {id}.");
}

/// <summary>What is known of a payment when something is decided about it; attempts and refunds oldest first.</summary>
internal sealed record PaymentState(Payment Payment, IReadOnlyList<CardAttempt> Attempts, IReadOnlyList<Refund> Refunds)
{
    /// <summary>Whether order-svc has yet to be told to release the order after an earlier attempt.</summary>
    public bool IsReleasing { get; init; }

    /// <summary>When the deposit that can be undone was recorded; null where there is none.</summary>
    public DateTime? DepositSeenAt { get; init; }
}

/// <summary>A message that a decision causes.</summary>
internal abstract record PaymentMessage
{
    private PaymentMessage() { }

    /// <param name="NotBefore">Null for now.</param>
    /// <param name="Hastens">Whether the message may be pending already.</param>
    /// <param name="IsAwaited">Whether a caller waits for it, and delivers it.</param>
    public sealed record OrderIsPaid(
        OrderPaid Message,
        DateTime? NotBefore = null,
        bool Hastens = false,
        bool IsAwaited = false
    ) : PaymentMessage;

    /// <summary>Cancels <see cref="OrderIsPaid"/>.</summary>
    public sealed record OrderIsNotPaid : PaymentMessage;

    public sealed record OrderIsReleased : PaymentMessage;

    public sealed record OrderIsRefunded(OrderRefunded Message) : PaymentMessage;

    public sealed record DepositIsForgotten(ForgetDeposit Message) : PaymentMessage;

    /// <summary>Has the background find out how an attempt ended.</summary>
    public sealed record AttemptIsSettled(CardAttempt Attempt) : PaymentMessage;

    public sealed record RefundIsSent(Refund Refund) : PaymentMessage;

    /// <summary>Gives back what is left, once the refund under way has ended.</summary>
    public sealed record RestIsRefunded(RefundRest Message, DateTime NotBefore) : PaymentMessage;
}
