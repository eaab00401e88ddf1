using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Checkout;

public sealed record ListedCancel(string TransactionKey, long Amount, string Reason, DateTime CanceledAt);

public sealed record ListedPayment(
    string PaymentKey,
    string OrderId,
    PaymentStatus Status,
    long TotalAmount,
    long BalanceAmount,
    DateTime RequestedAt,
    DateTime? ApprovedAt,
    string? FailureCode,
    IReadOnlyList<ListedCancel> Cancels
);

/// <summary><c>GET /sim/payments</c>: the whole ledger, for reconciliation.</summary>
internal static class PaymentList
{
    public static async Task<IEnumerable<ListedPayment>> ListAsync(
        LedgerStore ledger,
        PaymentExpiry expiry,
        string? orderId,
        PaymentStatus? status
    )
    {
        await expiry.ExpireDueAsync();
        var payments = await ledger.ReadAsync(database =>
            database
                .Payments.Include(payment => payment.Cancels)
                .Where(payment => orderId == null || payment.OrderId == orderId)
                .Where(payment => status == null || payment.Status == status)
                .OrderBy(payment => payment.Id)
                .ToListAsync()
        );
        return payments.Select(payment => new ListedPayment(
            payment.PaymentKey,
            payment.OrderId,
            payment.Status,
            payment.TotalAmount,
            payment.BalanceAmount,
            AsUtc(payment.RequestedAt),
            payment.ApprovedAt is { } approvedAt ? AsUtc(approvedAt) : null,
            payment.FailureCode,
            [
                .. payment
                    .Cancels.OrderBy(cancel => cancel.Id)
                    .Select(cancel => new ListedCancel(
                        cancel.TransactionKey,
                        cancel.CancelAmount,
                        cancel.CancelReason,
                        AsUtc(cancel.CanceledAt)
                    )),
            ]
        ));
    }

    private static DateTime AsUtc(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
