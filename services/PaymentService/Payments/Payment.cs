using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

public enum PaymentMethod
{
    /// <summary>Through Toss Payments.</summary>
    Card,

    BankTransfer,
}

public enum PaymentStatus
{
    /// <summary>The money is awaited, or whether it came is not known yet.</summary>
    Pending,

    Completed,

    /// <summary>The money did not come; a card may be tried again until the order's deadline.</summary>
    Failed,

    /// <summary>All of the money went back.</summary>
    Refunded,
}

public sealed class Payment
{
    public long Id { get; set; }
    public required long OrderId { get; set; }

    /// <summary>Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    public required long UserId { get; init; }

    /// <summary>In won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>How much went back, in won.</summary>
    public decimal RefundedAmount { get; set; }

    /// <summary>How much can still go back, in won.</summary>
    public decimal Refundable => Amount - RefundedAmount;

    public required PaymentMethod Method { get; init; }
    public PaymentStatus Status { get; private set; } = PaymentStatus.Pending;

    /// <summary>Toss's key of the payment; only cards have it.</summary>
    public string? PaymentKey { get; set; }

    public string? DepositorName { get; set; }

    /// <summary>
    /// Until when the deposit can be undone; null once order-svc is told of it, or the payment has moved on. Changed
    /// only under the payment's lock, so that of an undo and the telling only one happens.
    /// </summary>
    public DateTime? UndoUntil { get; private set; }

    /// <summary>The depositor's name as it was announced, kept while the deposit can be undone.</summary>
    public string? AnnouncedName { get; private set; }

    /// <summary>
    /// When the order was cancelled while its deposit could be undone; null if it was not. The deposit is then undone
    /// for good, or goes back.
    /// </summary>
    public DateTime? OrderEndedAt { get; set; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }
    public List<PaymentChange> History { get; private set; } = [];
    public List<Refund> Refunds { get; private set; } = [];

    /// <summary>Moves the payment on, and records who did it and why.</summary>
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

    /// <summary>Notes that the payment was completed by a bank transfer.</summary>
    /// <param name="depositorName">Null for the name that was announced.</param>
    /// <param name="undoUntil">Null if it cannot be undone.</param>
    public void Deposited(string? depositorName, DateTime? undoUntil)
    {
        (UndoUntil, AnnouncedName) = (undoUntil, undoUntil is null ? null : DepositorName);
        DepositorName = depositorName ?? DepositorName;
    }

    /// <summary>Ends the time in which the deposit can be undone.</summary>
    public void SettleDeposit(DateTime now)
    {
        (UndoUntil, AnnouncedName) = (null, null);
        UpdatedAt = now;
    }

    /// <summary>A copy to decide on, without history and refunds: its history is what the decision adds.</summary>
    internal Payment Copy()
    {
        var copy = (Payment)MemberwiseClone();
        (copy.History, copy.Refunds) = ([], []);
        return copy;
    }

    /// <summary>Counts money as given back, in won; when all of it is, the payment is refunded.</summary>
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
