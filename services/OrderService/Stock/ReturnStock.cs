using MsaShop.Data;
using MsaShop.Outbox;

namespace MsaShop.OrderService.Stock;

/// <summary>What the order has taken, if anything, has to go back.</summary>
/// <param name="OrderNumber">The order's number.</param>
public sealed record ReturnStock(string OrderNumber) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "return-stock";
}

/// <summary>Returns stock, which product-svc does once however often it is told.</summary>
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
    /// <summary>Has the stock of an order returned.</summary>
    public static OutboxMessage EnqueueStockReturn(this BatchedTransaction transaction, string orderNumber) =>
        transaction.Enqueue(new ReturnStock(orderNumber), new EnqueueOptions { Key = orderNumber });
}
