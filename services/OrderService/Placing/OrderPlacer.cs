using System.Diagnostics;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;

namespace MsaShop.OrderService.Placing;

public abstract record PlacingOutcome
{
    private PlacingOutcome() { }

    /// <summary>Decided, now or by an earlier request with the same key.</summary>
    public sealed record Decided(RecordedAnswer Answer) : PlacingOutcome;

    /// <summary>An earlier request with the same key is still running.</summary>
    public sealed record InProgress : PlacingOutcome;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : PlacingOutcome;

    /// <summary>It overran its lease and was undone.</summary>
    public sealed record Undone : PlacingOutcome;
}

/// <summary>
/// Places orders. A placement that breaks off halfway is undone by the request itself or by
/// <see cref="PlacementRecovery"/>.
/// </summary>
internal sealed class OrderPlacer(
    PlacementStore placements,
    UserClient users,
    StockClient stock,
    IOptions<PlacementOptions> placing,
    IOptions<ShopperLimitOptions> limits,
    IOptions<PaymentTermsOptions> terms,
    IOptions<BankAccount> account,
    OrderMetrics metrics,
    TimeProvider time,
    IServiceProvider services,
    ILogger<OrderPlacer> logger
)
{
    /// <param name="request">Valid.</param>
    /// <param name="cancellationToken">Stops it until stock is taken; afterwards it runs to its end.</param>
    public async Task<PlacingOutcome> PlaceAsync(
        OrderRequest request,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        // 1. Record the request before any side effect, so that recovery knows what to undo.
        var lines = request.SumLines();
        var placement = CreatePlacement(request, lines, idempotencyKey);
        var (repeated, unpaid) = await placements.BeginAsync(placement, cancellationToken);
        if (repeated is not null)
        {
            return repeated;
        }

        var stockAskedFor = false;
        try
        {
            // 2. Check that this shopper may order it.
            if (limits.Value.Judge(lines, unpaid) is { } refusal)
            {
                return await EndAsync(placement, new PlacingDecision.Refuse(refusal));
            }

            if (await users.FindAsync(request.UserId!.Value, cancellationToken) is not { } user)
            {
                return await EndAsync(placement, new PlacingDecision.Refuse(PlacingAnswers.UnknownUser()));
            }

            // 3. Take the stock of all lines, or of none.
            stockAskedFor = true;
            var answer = await stock.TakeAsync(
                placement.OrderNumber,
                lines,
                request.ExpectedTotal,
                terms.Value.LeastFor(request.PaymentMethod),
                CancellationToken.None
            );

            // 4. Store the order, or the refusal.
            var now = time.GetStorableNow();
            return await EndAsync(
                placement,
                PlacingDecisions.Decide(placement, request, user, answer, terms.Value, now)
            );
        }
        catch (Exception exception)
        {
            if (await AbandonAsync(placement.OrderNumber, stockAskedFor, exception) is { } decided)
            {
                return decided;
            }

            throw;
        }
    }

    private OrderPlacement CreatePlacement(OrderRequest request, IReadOnlyList<StockLine> lines, string? idempotencyKey)
    {
        var now = time.GetStorableNow();
        return new OrderPlacement
        {
            OrderNumber = OrderNumber.Create(now),
            UserId = request.UserId!.Value,
            IdempotencyKey = idempotencyKey,
            RequestHash = IdempotencyKey.Hash(request),
            Wanted = UnpaidGoods.Write(lines),
            TraceParent = Activity.Current?.Id,
            LeaseUntil = now + placing.Value.Lease,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task<PlacingOutcome> EndAsync(OrderPlacement placement, PlacingDecision decision)
    {
        var answer = decision switch
        {
            PlacingDecision.Place(var order) => await placements.PlaceAsync(
                order,
                stored => RecordedAnswer.RecordAsync(PlacingAnswers.Placed(stored, account.Value), services)
            ),
            PlacingDecision.Refuse(var why, var returnsStock) => await placements.RefuseAsync(
                placement.OrderNumber,
                await RecordedAnswer.RecordAsync(why, services),
                returnsStock
            ),
            _ => throw new InvalidOperationException($"Unforeseen decision {decision}."),
        };
        var found = answer is null ? await placements.FindAnswerAsync(placement.OrderNumber) : null;
        var outcome = PlacingDecisions.Conclude(answer, found);
        if (outcome is not PlacingOutcome.Decided { Answer: { } given })
        {
            logger.LogWarning("Order {OrderNumber} took too long and was undone", placement.OrderNumber);
            return outcome;
        }

        if (decision is PlacingDecision.Place(var placed))
        {
            metrics.Created(placed.PaymentMethod);
            logger.LogInformation("Order {OrderNumber} placed by user {UserId}", placed.OrderNumber, placed.UserId);
        }
        else
        {
            logger.LogInformation("Order {OrderNumber} refused with {Status}", placement.OrderNumber, given.Status);
        }

        return outcome;
    }

    /// <returns>How it ended after all, if there was nothing left to undo: a commit may come through late.</returns>
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
            // The caller learns of the cause. Recovery undoes the rest once the lease is over.
            logger.LogWarning(exception, "Order {OrderNumber} is not undone yet", orderNumber);
            return null;
        }
    }
}
