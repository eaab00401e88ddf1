using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc of the money. An order that does not want it any more has it given back.</summary>
internal sealed class OrderPaidHandler(
    PaymentDbContext database,
    OrderClient orders,
    RefundRequester refunds,
    ILogger<OrderPaidHandler> logger
) : IOutboxHandler<OrderPaid>
{
    public async Task<Delivery> HandleAsync(OrderPaid message, CancellationToken cancellationToken)
    {
        var payment = await database
            .Payments.AsNoTracking()
            .SingleAsync(payment => payment.Id == message.PaymentId, cancellationToken);
        if (payment.Status != PaymentStatus.Completed)
        {
            // All of it went back before order-svc could be told that it had come.
            await orders.ReleaseAsync(payment.OrderNumber, cancellationToken);
            return Delivery.Done;
        }

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
            await GiveBackAsync(payment.Id, refusal, cancellationToken);
        }

        return Delivery.Done;
    }

    private Task GiveBackAsync(long paymentId, string refusal, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async token =>
            {
                if (await database.LockPaymentAsync(paymentId, token) is { } payment)
                {
                    await refunds.RequestRestAsync(
                        payment,
                        PaymentMover.Shop($"The order does not take the money: {refusal}."),
                        token
                    );
                }
            },
            cancellationToken
        );
}
