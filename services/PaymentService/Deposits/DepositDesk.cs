using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Deposits;

/// <summary>What comes of an admin's word that a bank transfer has come.</summary>
internal abstract record DepositOutcome
{
    private DepositOutcome() { }

    /// <summary>The money is written down.</summary>
    public sealed record Recorded : DepositOutcome;

    /// <summary>There is no such order.</summary>
    public sealed record NotFound : DepositOutcome;

    /// <summary>The order is paid by card.</summary>
    public sealed record NotATransfer : DepositOutcome;

    /// <summary>The order is cancelled.</summary>
    public sealed record NotPayable : DepositOutcome;

    /// <summary>Another amount is to be paid.</summary>
    /// <param name="Expected">How much, in won.</param>
    public sealed record AmountMismatch(decimal Expected) : DepositOutcome;
}

/// <summary>Writes down bank transfers that an admin has seen on the shop's account.</summary>
internal sealed class DepositDesk(
    PaymentDbContext database,
    OrderClient orders,
    OutboxDispatcher outbox,
    PaymentMetrics metrics,
    TimeProvider time
)
{
    /// <summary>Completes the order's payment, and tells order-svc. Repeatable.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="depositorName">In whose name the money came; null for the name that was announced.</param>
    /// <param name="amount">How much came, in won; null for what was to come.</param>
    /// <param name="mover">Who says so.</param>
    /// <param name="cancellationToken">Stops waiting; what is written down stays.</param>
    public async Task<DepositOutcome> RecordAsync(
        long orderId,
        string? depositorName,
        decimal? amount,
        PaymentMover mover,
        CancellationToken cancellationToken
    )
    {
        var known = await database
            .Payments.AsNoTracking()
            .FirstOrDefaultAsync(payment => payment.OrderId == orderId, cancellationToken);
        ShopOrder? order = null;
        if (known is not { Method: PaymentMethod.Card } and not { Status: not PaymentStatus.Pending })
        {
            // What is known here may be a moment old: the order may have been cancelled since, or be too new.
            order = await orders.FindByIdAsync(orderId, cancellationToken);
            if (order is null)
            {
                return new DepositOutcome.NotFound();
            }

            if (order.PaymentMethod != PaymentMethod.BankTransfer)
            {
                return new DepositOutcome.NotATransfer();
            }

            if (order.Status == OrderStatus.Cancelled)
            {
                return new DepositOutcome.NotPayable();
            }
        }

        Payment? moved = null;
        OutboxMessage? message = null;
        var outcome = await database.TransactAsync(
            async token =>
            {
                (moved, message) = (null, null);
                var now = time.GetStorableNow();
                var payment = order is null
                    ? await database.LockPaymentOfOrderAsync(orderId, token)
                    : await database.LockOrAddPaymentAsync(order.ToPayment(now), token);
                if (payment is null)
                {
                    return new DepositOutcome.NotFound();
                }

                if (payment.Method != PaymentMethod.BankTransfer)
                {
                    return new DepositOutcome.NotATransfer();
                }

                if (amount is { } came && came != payment.Amount)
                {
                    return new DepositOutcome.AmountMismatch(payment.Amount);
                }

                if (payment.Status == PaymentStatus.Failed)
                {
                    return new DepositOutcome.NotPayable();
                }

                if (payment.Status == PaymentStatus.Pending)
                {
                    payment.DepositorName = depositorName ?? payment.DepositorName;
                    payment.Move(PaymentStatus.Completed, mover, now);
                    moved = payment;
                    message = database.Enqueue(
                        new OrderPaid(payment.Id, mover.Actor, mover.UserId, mover.Reason),
                        payment.Id.ToString(CultureInfo.InvariantCulture)
                    );
                }

                return (DepositOutcome)new DepositOutcome.Recorded();
            },
            cancellationToken
        );
        if (moved is not null && message is not null)
        {
            metrics.Moved(moved);
            await outbox.TryDeliverAsync(message, cancellationToken);
        }

        return outcome;
    }
}
