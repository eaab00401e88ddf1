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
    /// <summary>The money is awaited, or it is unknown whether it came.</summary>
    Pending,

    /// <summary>The money has come.</summary>
    Completed,

    /// <summary>The money will not come.</summary>
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

    /// <summary>In won, like all amounts here.</summary>
    public required decimal Amount { get; init; }

    public decimal RefundedAmount { get; set; }

    /// <summary>What can still be refunded.</summary>
    public decimal Refundable => Amount - RefundedAmount;

    public required PaymentMethod Method { get; init; }
    public PaymentStatus Status { get; private set; } = PaymentStatus.Pending;

    /// <summary>Toss's payment key; cards only.</summary>
    public string? PaymentKey { get; set; }

    /// <summary>The depositor of a bank transfer, announced or actual.</summary>
    public string? DepositorName { get; set; }

    /// <summary>
    /// Until when the deposit can be undone; null once order-svc is told, or something else has happened. Changed only under
    /// the payment's lock, so that either an undo or the telling wins.
    /// </summary>
    public DateTime? UndoUntil { get; private set; }

    /// <summary>The announced depositor, while the deposit can be undone.</summary>
    public string? AnnouncedName { get; private set; }

    /// <summary>
    /// When the order was cancelled while the deposit could be undone; null if it was not. The deposit is then undone for
    /// good, or refunded.
    /// </summary>
    public DateTime? OrderEndedAt { get; set; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }
    public List<PaymentChange> History { get; private set; } = [];
    public List<Refund> Refunds { get; private set; } = [];

    /// <summary>Changes the status, and records who did it and why.</summary>
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

    /// <summary>Records the bank transfer that completed the payment.</summary>
    /// <param name="depositorName">Null for the announced name.</param>
    /// <param name="undoUntil">Null if it cannot be undone.</param>
    public void Deposited(string? depositorName, DateTime? undoUntil)
    {
        (UndoUntil, AnnouncedName) = (undoUntil, undoUntil is null ? null : DepositorName);
        DepositorName = depositorName ?? DepositorName;
    }

    /// <summary>From here on the deposit cannot be undone.</summary>
    public void SettleDeposit(DateTime now)
    {
        (UndoUntil, AnnouncedName) = (null, null);
        UpdatedAt = now;
    }

    /// <summary>Copies the payment without its history, which then collects only what is decided on the copy.</summary>
    internal Payment Copy()
    {
        var copy = (Payment)MemberwiseClone();
        (copy.History, copy.Refunds) = ([], []);
        return copy;
    }

    /// <summary>Counts money as refunded, and the payment as REFUNDED once all of it is.</summary>
    /// <param name="amount">In won.</param>
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
