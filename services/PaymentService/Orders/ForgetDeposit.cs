namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that a bank transfer it waits for has not come after all.</summary>
/// <param name="SeenAt">Identifies the transfer: should another have been seen since, this does nothing.</param>
public sealed record ForgetDeposit(string OrderNumber, DateTime SeenAt) : IOutboxMessage
{
    public static string Type => "forget-deposit";
}

public sealed class ForgetDepositHandler(OrderClient orders) : IOutboxHandler<ForgetDeposit>
{
    public async Task<Delivery> HandleAsync(ForgetDeposit message, CancellationToken cancellationToken)
    {
        await orders.ForgetDepositAsync(message.OrderNumber, message.SeenAt, cancellationToken);
        return Delivery.Done;
    }
}
