using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that no card is charged for an order for now. Keyed by the order's number.</summary>
public sealed record ReleaseHold(string OrderNumber) : IOutboxMessage
{
    public static string Type => "release-hold";
}

internal sealed class ReleaseHoldHandler(HoldReleaser holds) : IOutboxHandler<ReleaseHold>
{
    public async Task<Delivery> HandleAsync(ReleaseHold message, CancellationToken cancellationToken)
    {
        await holds.ReleaseAsync(message.OrderNumber, cancellationToken);
        return Delivery.Done;
    }
}

/// <summary>
/// Releases orders from attempts that need no hold any more (<see cref="CardDecisions.NeedsNoHold"/>). However late a
/// release arrives, it takes nothing from an attempt that is under way, or has paid.
/// </summary>
internal sealed class HoldReleaser(PaymentDbContext database, OrderClient orders)
{
    /// <summary>Releases the order as far as ended attempts hold it.</summary>
    public async Task ReleaseAsync(string orderNumber, CancellationToken cancellationToken)
    {
        if (await FindLastOverAsync(orderNumber, cancellationToken) is { } attempt)
        {
            await orders.ReleaseAsync(orderNumber, attempt, cancellationToken);
        }
    }

    /// <summary>Releases an order that is held although no attempt is under way.</summary>
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
        // One query, which sees either all of a transaction's changes or none.
        var known = await CardState
            .Find(database, attempt => attempt.OrderNumber == orderNumber)
            .ToListAsync(cancellationToken);
        return known
            .Where(card => CardDecisions.NeedsNoHold(card.Attempt, card.Payment))
            .Max(card => (long?)card.Attempt.Id);
    }
}
