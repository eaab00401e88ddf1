namespace MsaShop.OrderService.Stock;

/// <summary>Returns whatever stock the order has taken.</summary>
public sealed record ReturnStock(string OrderNumber) : IOutboxMessage
{
    public static string Type => "return-stock";
}

/// <summary>product-svc returns the stock once, however often it is told.</summary>
internal sealed class ReturnStockHandler(StockClient stock, ILogger<ReturnStockHandler> logger)
    : IOutboxHandler<ReturnStock>
{
    public async Task<Delivery> HandleAsync(ReturnStock message, CancellationToken cancellationToken)
    {
        await stock.ReturnAsync(message.OrderNumber, cancellationToken);
        logger.LogInformation("Order {OrderNumber}: stock returned", message.OrderNumber);
        return Delivery.Done;
    }
}

internal static class ReturnStockExtensions
{
    public static OutboxMessage EnqueueStockReturn(this BatchedTransaction transaction, string orderNumber) =>
        transaction.Enqueue(new ReturnStock(orderNumber), new EnqueueOptions { Key = orderNumber });
}
