using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.OrderService.Orders;

/// <summary>What comes of the wish to order.</summary>
public abstract record PlacingOutcome
{
    private PlacingOutcome() { }

    /// <summary>The order has been placed.</summary>
    /// <param name="Order">The order.</param>
    public sealed record Placed(Order Order) : PlacingOutcome;

    /// <summary>There is no such user.</summary>
    public sealed record UnknownUser : PlacingOutcome;

    /// <summary>There is not enough of some products.</summary>
    /// <param name="Items">The products there is not enough of.</param>
    public sealed record OutOfStock(IReadOnlyList<Shortage> Items) : PlacingOutcome;

    /// <summary>Some products are not for sale.</summary>
    /// <param name="ProductIds">The products that are not for sale.</param>
    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : PlacingOutcome;
}

/// <summary>Places orders: the user is checked, the stock taken, the order stored.</summary>
public sealed class OrderPlacer(
    UserClient users,
    StockClient stock,
    StockReturns returns,
    OrderDbContext database,
    IOptions<PaymentTerms> terms,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderPlacer> logger
)
{
    /// <summary>Places an order.</summary>
    /// <param name="request">A valid request.</param>
    /// <param name="cancellationToken">Counts until stock is taken; from then on the order is seen through.</param>
    public async Task<PlacingOutcome> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(request.UserId!.Value, cancellationToken) is not { } user)
        {
            return new PlacingOutcome.UnknownUser();
        }

        var now = time.GetStorableNow();
        var orderNumber = OrderNumber.Create(now);
        switch (await TakeStockAsync(orderNumber, request.SumLines()))
        {
            case StockAnswer.OutOfStock shortage:
                logger.LogInformation("Order {OrderNumber}: out of stock", orderNumber);
                return new PlacingOutcome.OutOfStock(shortage.Items);
            case StockAnswer.UnknownProduct unknown:
                return new PlacingOutcome.UnknownProduct(unknown.ProductIds);
            case StockAnswer.Taken taken:
                var order = CreateOrder(request, user, orderNumber, taken.Items, now);
                await StoreAsync(order);
                metrics.Created(order.PaymentMethod);
                logger.LogInformation("Order {OrderNumber} placed by user {UserId}", orderNumber, user.Id);
                return new PlacingOutcome.Placed(order);
            case var answer:
                throw new InvalidOperationException($"Unforeseen answer {answer}.");
        }
    }

    private async Task<StockAnswer> TakeStockAsync(string orderNumber, IReadOnlyList<StockLine> lines)
    {
        try
        {
            return await stock.TakeAsync(orderNumber, lines, CancellationToken.None);
        }
        catch
        {
            // Whether anything has been taken is unknown; returning it is right either way.
            returns.ReturnSoon(orderNumber);
            throw;
        }
    }

    private Order CreateOrder(
        OrderRequest request,
        ShopUser user,
        string orderNumber,
        IReadOnlyList<TakenLine> lines,
        DateTime now
    ) =>
        new()
        {
            OrderNumber = orderNumber,
            UserId = user.Id,
            Email = request.Email!,
            TotalPrice = lines.Sum(line => line.Price * line.Quantity),
            PaymentMethod = request.PaymentMethod,
            Recipient = request.Recipient?.ToRecipient(),
            DepositorName =
                request.PaymentMethod == PaymentMethod.BankTransfer
                    ? request.DepositorName ?? request.Recipient?.Name ?? user.Name
                    : null,
            PayBy = now + terms.Value.For(request.PaymentMethod),
            CreatedAt = now,
            UpdatedAt = now,
            Items =
            [
                .. lines.Select(line => new OrderItem
                {
                    ProductId = line.ProductId,
                    ProductName = line.Name,
                    Price = line.Price,
                    Quantity = line.Quantity,
                }),
            ],
        };

    private async Task StoreAsync(Order order)
    {
        try
        {
            database.Orders.Add(order);
            // The strategy asks the database when the answer to a commit is lost, instead of storing the order twice.
            await database
                .Database.CreateExecutionStrategy()
                .ExecuteInTransactionAsync(
                    token => database.SaveChangesAsync(acceptAllChangesOnSuccess: false, token),
                    token => database.Orders.AnyAsync(stored => stored.OrderNumber == order.OrderNumber, token),
                    CancellationToken.None
                );
            database.ChangeTracker.AcceptAllChanges();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Order {OrderNumber} could not be stored", order.OrderNumber);
            returns.ReturnSoon(order.OrderNumber);
            throw;
        }
    }
}
