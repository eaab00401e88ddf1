using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that an order is paid. If order-svc refuses the money, it is refunded.</summary>
internal sealed class OrderNotifier(PaymentStore payments, OrderClient orders, ILogger<OrderNotifier> logger)
{
    /// <summary>Tells order-svc. Repeatable.</summary>
    /// <returns>Whether order-svc accepted the money.</returns>
    public async Task<bool> TellAsync(OrderPaid message, Payment payment, CancellationToken cancellationToken)
    {
        var refusal = await orders.MarkPaidAsync(
            payment.OrderNumber,
            new OrderPayment(payment.Id, (long)payment.Amount, message.Actor, message.UserId, message.Reason),
            cancellationToken
        );
        if (refusal is not null)
        {
            logger.LogWarning(
                "Order {OrderNumber} does not take payment {PaymentId}, which goes back: {Refusal}",
                payment.OrderNumber,
                payment.Id,
                refusal
            );
            await payments.ChangeAsync(
                new PaymentKey.Of(payment.Id),
                new PaymentCommand.OrderRefused(refusal),
                cancellationToken
            );
        }

        return refusal is null;
    }
}
