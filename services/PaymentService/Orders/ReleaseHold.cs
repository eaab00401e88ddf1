using Microsoft.EntityFrameworkCore;
using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that no card will be charged for an order for now. Its key is the order's number.</summary>
/// <param name="OrderNumber">The order's public number.</param>
public sealed record ReleaseHold(string OrderNumber) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "release-hold";
}

/// <summary>Lets the order go.</summary>
internal sealed class ReleaseHoldHandler(HoldReleaser holds) : IOutboxHandler<ReleaseHold>
{
    public async Task<Delivery> HandleAsync(ReleaseHold message, CancellationToken cancellationToken)
    {
        await holds.ReleaseAsync(message.OrderNumber, cancellationToken);
        return Delivery.Done;
    }
}

/// <summary>
/// Lets orders go as far as attempts to charge them hold them that have ended. An attempt that has ended charges nothing any
/// more, so whenever the release arrives, it takes nothing from the one that is under way then.
/// </summary>
internal sealed class HoldReleaser(PaymentDbContext database, OrderClient orders)
{
    /// <summary>Lets the order go, unless no attempt to charge it has ended.</summary>
    public async Task ReleaseAsync(string orderNumber, CancellationToken cancellationToken)
    {
        if (await FindLastEndedAsync(orderNumber, cancellationToken) is { } attempt)
        {
            await orders.ReleaseAsync(orderNumber, attempt, cancellationToken);
        }
    }

    /// <summary>Lets an order go that is held, and for which no attempt is under way.</summary>
    public async Task ReleaseAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        var ended = await FindLastEndedAsync(order.OrderNumber, cancellationToken);
        await orders.ReleaseAsync(
            order.OrderNumber,
            ended is null || order.Attempt > ended ? order.Attempt : ended,
            cancellationToken
        );
    }

    private Task<long?> FindLastEndedAsync(string orderNumber, CancellationToken cancellationToken) =>
        database
            .CardAttempts.Where(attempt =>
                attempt.OrderNumber == orderNumber && attempt.Status != CardAttemptStatus.Confirming
            )
            .MaxAsync(attempt => (long?)attempt.Id, cancellationToken);
}
