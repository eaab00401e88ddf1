using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>What comes of the wish to order.</summary>
public abstract record PlacingOutcome
{
    private PlacingOutcome() { }

    /// <summary>It has been decided, now or by an earlier request with the same key.</summary>
    /// <param name="Answer">The order, or why there is none.</param>
    public sealed record Decided(RecordedAnswer Answer) : PlacingOutcome;

    /// <summary>An earlier request with the same key is still being carried out.</summary>
    public sealed record InProgress : PlacingOutcome;

    /// <summary>The key belongs to a request for something else.</summary>
    public sealed record KeyReused : PlacingOutcome;

    /// <summary>It took so long that it has been undone.</summary>
    public sealed record Undone : PlacingOutcome;
}

/// <summary>
/// Places orders: the wish is stored, the user checked, the stock taken, the order stored. If that breaks off, whoever
/// notices undoes it: the request itself, or <see cref="PlacementRecovery"/>.
/// </summary>
public sealed class OrderPlacer(
    Placements placements,
    UserClient users,
    StockClient stock,
    IOptions<ShopperLimits> limits,
    IOptions<PaymentTerms> terms,
    IOptions<BankAccount> account,
    OrderMetrics metrics,
    TimeProvider time,
    IServiceProvider services,
    ILogger<OrderPlacer> logger
)
{
    /// <summary>Places an order.</summary>
    /// <param name="request">A valid request.</param>
    /// <param name="idempotencyKey">The client's key for it, if any.</param>
    /// <param name="cancellationToken">Counts until stock is taken; from then on the order is seen through.</param>
    public async Task<PlacingOutcome> PlaceAsync(
        OrderRequest request,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var userId = request.UserId!.Value;
        var hash = IdempotencyKey.Hash(request);
        var lines = request.SumLines();
        var (placement, begun, unpaid) = await placements.BeginAsync(
            userId,
            idempotencyKey,
            hash,
            lines,
            cancellationToken
        );
        if (!begun)
        {
            return Judge(placement, hash);
        }

        var orderNumber = placement.OrderNumber;
        var stockAskedFor = false;
        try
        {
            if (limits.Value.Judge(lines, unpaid) is { } refusal)
            {
                return await RefuseAsync(placement, refusal);
            }

            if (await users.FindAsync(userId, cancellationToken) is not { } user)
            {
                return await RefuseAsync(placement, PlacingAnswers.UnknownUser());
            }

            stockAskedFor = true;
            return await stock.TakeAsync(
                orderNumber,
                lines,
                request.ExpectedTotal,
                terms.Value.LeastFor(request.PaymentMethod),
                CancellationToken.None
            ) switch
            {
                StockAnswer.Taken taken => await StoreAsync(request, user, placement, taken.Items),
                StockAnswer.OutOfStock shortage => await RefuseAsync(
                    placement,
                    PlacingAnswers.OutOfStock(shortage.Items),
                    returnStock: shortage.AskedTwice
                ),
                StockAnswer.PriceChanged changed => await RefuseAsync(
                    placement,
                    PlacingAnswers.PriceChanged(request.ExpectedTotal, changed.Items),
                    returnStock: changed.AskedTwice
                ),
                StockAnswer.TotalTooSmall tooSmall => await RefuseAsync(
                    placement,
                    PlacingAnswers.TotalTooSmall(terms.Value.LeastFor(request.PaymentMethod), tooSmall.Items),
                    returnStock: tooSmall.AskedTwice
                ),
                StockAnswer.UnknownProduct unknown => await RefuseAsync(
                    placement,
                    PlacingAnswers.UnknownProduct(unknown.ProductIds),
                    returnStock: unknown.AskedTwice
                ),
                var answer => throw new InvalidOperationException($"Unforeseen answer {answer}."),
            };
        }
        catch (Exception exception)
        {
            if (await AbandonAsync(orderNumber, stockAskedFor, exception) is { } decided)
            {
                return decided;
            }

            throw;
        }
    }

    private static PlacingOutcome Judge(OrderPlacement earlier, string hash) =>
        earlier switch
        {
            _ when earlier.RequestHash != hash => new PlacingOutcome.KeyReused(),
            { Answer: { } answer } => new PlacingOutcome.Decided(answer),
            _ => new PlacingOutcome.InProgress(),
        };

    private async Task<PlacingOutcome> RefuseAsync(OrderPlacement placement, IResult why, bool returnStock = false)
    {
        var answer = await RecordedAnswer.RecordAsync(why, services);
        if (
            !await placements.RefuseAsync(placement, answer, returnStock)
            && await placements.FindAnswerAsync(placement.OrderNumber) is null
        )
        {
            return new PlacingOutcome.Undone();
        }

        logger.LogInformation("Order {OrderNumber} refused with {Status}", placement.OrderNumber, answer.Status);
        return new PlacingOutcome.Decided(answer);
    }

    private async Task<PlacingOutcome> StoreAsync(
        OrderRequest request,
        ShopUser user,
        OrderPlacement placement,
        IReadOnlyList<TakenLine> lines
    )
    {
        var answer = await placements.PlaceAsync(
            placement,
            () => CreateOrder(request, user, placement, lines),
            order => RecordedAnswer.RecordAsync(PlacingAnswers.Placed(order, account.Value), services)
        );
        // It may have ended by an earlier try of this one, whose commit came late.
        answer ??= await placements.FindAnswerAsync(placement.OrderNumber);
        if (answer is null)
        {
            logger.LogWarning("Order {OrderNumber} took too long and was undone", placement.OrderNumber);
            return new PlacingOutcome.Undone();
        }

        metrics.Created(request.PaymentMethod);
        logger.LogInformation("Order {OrderNumber} placed by user {UserId}", placement.OrderNumber, user.Id);
        return new PlacingOutcome.Decided(answer);
    }

    /// <returns>How it has ended after all, where there was nothing to undo any more: a commit may come late.</returns>
    private async Task<PlacingOutcome.Decided?> AbandonAsync(string orderNumber, bool returnStock, Exception cause)
    {
        logger.LogWarning(cause, "Order {OrderNumber} could not be placed", orderNumber);
        try
        {
            return
                !await placements.AbandonAsync(orderNumber, returnStock)
                && await placements.FindAnswerAsync(orderNumber) is { } answer
                ? new PlacingOutcome.Decided(answer)
                : null;
        }
        catch (Exception exception)
        {
            // The caller learns of the cause. What is left is undone once the lease is over.
            logger.LogWarning(exception, "Order {OrderNumber} is not undone yet", orderNumber);
            return null;
        }
    }

    private Order CreateOrder(
        OrderRequest request,
        ShopUser user,
        OrderPlacement placement,
        IReadOnlyList<TakenLine> lines
    )
    {
        var now = time.GetStorableNow();
        return new()
        {
            OrderNumber = placement.OrderNumber,
            UserId = user.Id,
            Email = request.Email!,
            TotalPrice = lines.SumPrices(),
            PaymentMethod = request.PaymentMethod,
            Recipient = request.Recipient?.ToRecipient(),
            DepositorName =
                request.PaymentMethod == PaymentMethod.BankTransfer
                    ? request.GetDepositorName() ?? request.Recipient?.Name ?? user.Name
                    : null,
            PayBy = now + terms.Value.For(request.PaymentMethod, lines),
            CreatedAt = now,
            UpdatedAt = now,
            Items = [.. lines.Select(CreateItem)],
        };
    }

    private static OrderItem CreateItem(TakenLine line) =>
        new()
        {
            ProductId = line.ProductId,
            ProductName = line.Name,
            Price = line.Price,
            Quantity = line.Quantity,
        };
}
