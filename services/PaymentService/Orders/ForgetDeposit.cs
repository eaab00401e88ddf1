using MsaShop.Outbox;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that a bank transfer has not come after all, which it was told to wait for.</summary>
/// <param name="OrderNumber">The order's public number.</param>
/// <param name="SeenAt">Which one it is: should another have been seen since, this does nothing.</param>
public sealed record ForgetDeposit(string OrderNumber, DateTime SeenAt) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "forget-deposit";
}

/// <summary>Has the order's deadline count again.</summary>
public sealed class ForgetDepositHandler(OrderClient orders) : IOutboxHandler<ForgetDeposit>
{
    /// <inheritdoc />
    public async Task<Delivery> HandleAsync(ForgetDeposit message, CancellationToken cancellationToken)
    {
        await orders.ForgetDepositAsync(message.OrderNumber, message.SeenAt, cancellationToken);
        return Delivery.Done;
    }
}
