using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>The columns that decisions may change.</summary>
internal static class PaymentColumns
{
    public static IReadOnlyList<Column<Payment>> Payments { get; } =
    [
        new("status", payment => payment.Status.ToWord()),
        new("refunded_amount", payment => payment.RefundedAmount),
        new("payment_key", payment => payment.PaymentKey),
        new("depositor_name", payment => payment.DepositorName),
        new("undo_until", payment => payment.UndoUntil),
        new("announced_name", payment => payment.AnnouncedName),
        new("order_ended_at", payment => payment.OrderEndedAt),
        new("updated_at", payment => payment.UpdatedAt),
    ];

    public static IReadOnlyList<Column<CardAttempt>> Attempts { get; } =
    [
        new("status", attempt => attempt.Status.ToWord()),
        new("try", attempt => attempt.Try),
        new("lease_until", attempt => attempt.LeaseUntil),
        new("toss_code", attempt => attempt.TossCode),
        new("toss_message", attempt => attempt.TossMessage),
        new("updated_at", attempt => attempt.UpdatedAt),
    ];

    public static IReadOnlyList<Column<Refund>> Refunds { get; } =
    [
        new("status", refund => refund.Status.ToWord()),
        new("try", refund => refund.Try),
        new("transaction_key", refund => refund.TransactionKey),
        new("toss_code", refund => refund.TossCode),
        new("toss_message", refund => refund.TossMessage),
        new("transferred_by", refund => refund.TransferredBy),
        new("retried_by", refund => refund.RetriedBy),
        new("retried_at", refund => refund.RetriedAt),
        new("settled_by", refund => refund.SettledBy),
        new("settled_at", refund => refund.SettledAt),
        new("settled_reason", refund => refund.SettledReason),
        new("updated_at", refund => refund.UpdatedAt),
    ];
}
