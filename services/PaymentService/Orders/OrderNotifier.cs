namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc of money that is there. If the order does not take it any more, it goes back.</summary>
internal sealed class OrderNotifier(PaymentStore payments, OrderClient orders, ILogger<OrderNotifier> logger)
{
    /// <summary>Repeatable.</summary>
    /// <param name="payment">Must be completed.</param>
    /// <returns>Whether the order has taken it.</returns>
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
