using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>How an order is paid.</summary>
public enum PaymentMethod
{
    /// <summary>By card, through Toss Payments.</summary>
    Card,

    /// <summary>By transfer to the shop's bank account.</summary>
    BankTransfer,
}

/// <summary>Where a payment stands.</summary>
public enum PaymentStatus
{
    /// <summary>The money is awaited, or whether it came is not known yet.</summary>
    Pending,

    /// <summary>The money is there.</summary>
    Completed,

    /// <summary>The money will not come.</summary>
    Failed,

    /// <summary>The money went back.</summary>
    Refunded,
}

/// <summary>The payment of an order.</summary>
public sealed class Payment
{
    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; set; }

    /// <summary>The order's public number: Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>How much, in won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>How much of it went back, in won.</summary>
    public decimal RefundedAmount { get; set; }

    /// <summary>How much of it can still go back, in won.</summary>
    public decimal Refundable => Amount - RefundedAmount;

    /// <summary>How it is paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; private set; } = PaymentStatus.Pending;

    /// <summary>What Toss calls the payment; only cards have it.</summary>
    public string? PaymentKey { get; set; }

    /// <summary>In whose name a bank transfer comes, or came.</summary>
    public string? DepositorName { get; set; }

    /// <summary>
    /// Until when its deposit can be undone; null once order-svc is told of it, or anything else has become of it. Whoever
    /// changes it has the payment locked, so that of an undo and the telling only one happens.
    /// </summary>
    public DateTime? UndoUntil { get; private set; }

    /// <summary>In whose name the bank transfer was announced, while its deposit can be undone.</summary>
    public string? AnnouncedName { get; private set; }

    /// <summary>
    /// When its order was cancelled while its deposit could be undone; null if it was not. Then it is undone for good, or
    /// goes back.
    /// </summary>
    public DateTime? OrderEndedAt { get; set; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Every move of the payment from one status to another.</summary>
    public List<PaymentChange> History { get; private set; } = [];

    /// <summary>Every refund of it, whatever became of it.</summary>
    public List<Refund> Refunds { get; private set; } = [];

    /// <summary>Moves the payment on, and writes down who did it and why.</summary>
    /// <param name="to">Where it stands from now on.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="now">The time.</param>
    public void Move(PaymentStatus to, Actor actor, DateTime now)
    {
        History.Add(
            new PaymentChange
            {
                FromStatus = Status,
                ToStatus = to,
                Actor = actor.Role,
                UserId = actor.UserId,
                Reason = actor.Reason,
                ChangedAt = now,
            }
        );
        Status = to;
        UpdatedAt = now;
        (UndoUntil, AnnouncedName) = (null, null);
    }

    /// <summary>The money that it has been moved for is a bank transfer.</summary>
    /// <param name="depositorName">In whose name; null for the one that was announced.</param>
    /// <param name="undoUntil">Until when that can be undone; null if not at all.</param>
    public void Deposited(string? depositorName, DateTime? undoUntil)
    {
        (UndoUntil, AnnouncedName) = (undoUntil, undoUntil is null ? null : DepositorName);
        DepositorName = depositorName ?? DepositorName;
    }

    /// <summary>The deposit cannot be undone any more.</summary>
    /// <param name="now">The time.</param>
    public void SettleDeposit(DateTime now)
    {
        (UndoUntil, AnnouncedName) = (null, null);
        UpdatedAt = now;
    }

    /// <summary>The payment alone, to decide on: its history is what becomes of it from here on.</summary>
    internal Payment Copy()
    {
        var copy = (Payment)MemberwiseClone();
        (copy.History, copy.Refunds) = ([], []);
        return copy;
    }

    /// <summary>Counts money as given back; when all of it is, the payment is refunded.</summary>
    /// <param name="amount">How much, in won.</param>
    /// <param name="actor">Who gave it back.</param>
    /// <param name="now">The time.</param>
    public void GiveBack(decimal amount, Actor actor, DateTime now)
    {
        if (Status != PaymentStatus.Completed || amount <= 0 || amount > Refundable)
        {
            throw new InvalidOperationException(
                $"Payment {Id}, {Status}, cannot give back {amount}: {Refundable} is left."
            );
        }

        RefundedAmount += amount;
        UpdatedAt = now;
        if (Refundable == 0)
        {
            Move(PaymentStatus.Refunded, actor, now);
        }
    }
}
