using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that an order is paid. If order-svc refuses the money, it is refunded.</summary>
internal sealed class OrderPaidHandler(
    PaymentStore payments,
    HoldReleaser holds,
    OrderNotifier notifier,
    TimeProvider time
) : IOutboxHandler<OrderPaid>
{
    public async Task<Delivery> HandleAsync(OrderPaid message, CancellationToken cancellationToken)
    {
        var payment = await payments.ReadAsync(message.PaymentId, cancellationToken);
        if (payment.UndoUntil is not null)
        {
            // Closes the deposit's time to undo, if it is over.
            var now = time.GetStorableNow();
            var closed = await payments.ChangeAsync(
                new PaymentKey.Of(payment.Id),
                new PaymentCommand.CloseDeposit(),
                now,
                cancellationToken
            );
            payment = closed!.Payment;
            if (payment.UndoUntil - now is { } wait)
            {
                return Delivery.Later(wait, "The deposit can still be undone.");
            }
        }

        if (payment.Status != PaymentStatus.Completed)
        {
            // The money was refunded, or the deposit undone, before order-svc was told.
            await holds.ReleaseAsync(payment.OrderNumber, cancellationToken);
            return Delivery.Done;
        }

        await notifier.TellAsync(message, payment, cancellationToken);
        return Delivery.Done;
    }
}
