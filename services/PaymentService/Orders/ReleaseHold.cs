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
/// Lets orders go as far as attempts hold them that need no hold any more (<see cref="CardDecisions.NeedsNoHold"/>). So whenever the
/// release arrives, it takes nothing from an attempt that is under way then, or has paid.
/// </summary>
internal sealed class HoldReleaser(PaymentDbContext database, OrderClient orders)
{
    /// <summary>Lets the order go, as far as it is held for nothing.</summary>
    public async Task ReleaseAsync(string orderNumber, CancellationToken cancellationToken)
    {
        if (await FindLastOverAsync(orderNumber, cancellationToken) is { } attempt)
        {
            await orders.ReleaseAsync(orderNumber, attempt, cancellationToken);
        }
    }

    /// <summary>Lets an order go that is held, and for which no attempt is under way.</summary>
    public async Task ReleaseAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        var over = await FindLastOverAsync(order.OrderNumber, cancellationToken);
        await orders.ReleaseAsync(
            order.OrderNumber,
            over is null || order.Attempt > over ? order.Attempt : over,
            cancellationToken
        );
    }

    private async Task<long?> FindLastOverAsync(string orderNumber, CancellationToken cancellationToken)
    {
        // In one query, which sees either all of what a transaction has made of them or nothing.
        var known = await database
            .CardAttempts.AsNoTracking()
            .Where(attempt => attempt.OrderNumber == orderNumber)
            .Join(
                database.Payments,
                attempt => attempt.PaymentId,
                payment => payment.Id,
                (attempt, payment) => new CardState(payment, attempt)
            )
            .ToListAsync(cancellationToken);
        return known
            .Where(card => CardDecisions.NeedsNoHold(card.Attempt, card.Payment))
            .Max(card => (long?)card.Attempt.Id);
    }
}
