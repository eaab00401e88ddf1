using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc of the money. An order that does not want it any more has it given back.</summary>
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
            // From here on nobody undoes it, if the time for that is over.
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
            // All of it went back before order-svc could be told that it had come, or it had not come after all.
            await holds.ReleaseAsync(payment.OrderNumber, cancellationToken);
            return Delivery.Done;
        }

        await notifier.TellAsync(message, payment, cancellationToken);
        return Delivery.Done;
    }
}
