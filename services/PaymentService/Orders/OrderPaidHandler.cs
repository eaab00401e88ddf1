using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc of the money. An order that does not want it any more has it given back.</summary>
internal sealed class OrderPaidHandler(
    PaymentDbContext database,
    HoldReleaser holds,
    OrderNotifier teller,
    TimeProvider time
) : IOutboxHandler<OrderPaid>
{
    public async Task<Delivery> HandleAsync(OrderPaid message, CancellationToken cancellationToken)
    {
        var payment = await database.ReadPaymentAsync(message.PaymentId, cancellationToken);
        if (payment.UndoUntil is not null)
        {
            (payment, var wait) = await SettleAsync(payment.Id, cancellationToken);
            if (wait > TimeSpan.Zero)
            {
                return Delivery.Later(wait, "The deposit can still be undone.");
            }
        }

        if (payment.Status != PaymentStatus.Completed)
        {
            // All of it went back before order-svc could be told that it had come, or it had not come after all.
            await holds.ReleaseAsync(payment.OrderNumber, cancellationToken);
            return Delivery.Done;
        }

        await teller.TellAsync(message, payment, cancellationToken);
        return Delivery.Done;
    }

    /// <summary>Ends the time in which the deposit can be undone, if it is over: from here on nobody can.</summary>
    /// <returns>The payment, and how long there still is.</returns>
    private Task<(Payment Payment, TimeSpan Wait)> SettleAsync(long paymentId, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async token =>
            {
                var now = time.GetStorableNow();
                var payment =
                    await database.LockPaymentAsync(paymentId, token)
                    ?? throw new InvalidOperationException($"There is no payment {paymentId}.");
                if (payment.UndoUntil is { } until && now < until)
                {
                    return (payment, until - now);
                }

                if (payment.UndoUntil is not null)
                {
                    payment.SettleDeposit(now);
                }

                return (payment, TimeSpan.Zero);
            },
            cancellationToken
        );
}
