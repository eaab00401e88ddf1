using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Orders;

/// <summary>What comes of the wish to move an order.</summary>
public abstract record MoveOutcome
{
    private MoveOutcome() { }

    /// <summary>The order has moved.</summary>
    /// <param name="StockReturn">The stock that has to go back, if any.</param>
    public sealed record Moved(OutboxMessage? StockReturn) : MoveOutcome;

    /// <summary>There is no such order, or it is someone else's.</summary>
    public sealed record NotFound : MoveOutcome;

    /// <summary>The order cannot go there from where it is.</summary>
    /// <param name="From">Where it is.</param>
    public sealed record Illegal(OrderStatus From) : MoveOutcome;

    /// <summary>Not while a card charge may be under way.</summary>
    public sealed record Held : MoveOutcome;

    /// <summary>Somebody has changed the order since its mover saw it.</summary>
    public sealed record Changed : MoveOutcome;

    /// <summary>Not before its card has paid for it.</summary>
    public sealed record PaymentRequired : MoveOutcome;
}

/// <summary>Who wants an order moved, and why.</summary>
/// <param name="Actor">In which role.</param>
/// <param name="UserId">The user, if it is one.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record Mover(OrderActor Actor, long? UserId, string? Reason);

/// <summary>Moves orders from one status to another, for shoppers and those who manage the shop.</summary>
public sealed class OrderStatusChanger(OrderLock orders, OutboxDispatcher outbox)
{
    /// <summary>Cancels a shopper's own order.</summary>
    public Task<MoveOutcome> CancelAsync(long id, Mover owner, CancellationToken cancellationToken) =>
        MoveAsync(
            $"SELECT * FROM orders WHERE id = {id} AND user_id = {owner.UserId} FOR UPDATE",
            OrderStatus.Cancelled,
            owner,
            byHand: false,
            ifMatch: null,
            cancellationToken
        );

    /// <summary>Moves any order.</summary>
    /// <param name="id">The order.</param>
    /// <param name="to">Where to.</param>
    /// <param name="mover">Who wants it, and why.</param>
    /// <param name="byHand">Whether it goes on though its card has not paid for it, for the mover's reason.</param>
    /// <param name="ifMatch">Which version it has to have, as <see cref="IfMatch"/> has it; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<MoveOutcome> MoveAsync(
        long id,
        OrderStatus to,
        Mover mover,
        bool byHand,
        string? ifMatch,
        CancellationToken cancellationToken
    ) => MoveAsync($"SELECT * FROM orders WHERE id = {id} FOR UPDATE", to, mover, byHand, ifMatch, cancellationToken);

    private async Task<MoveOutcome> MoveAsync(
        FormattableString find,
        OrderStatus to,
        Mover mover,
        bool byHand,
        string? ifMatch,
        CancellationToken cancellationToken
    )
    {
        var outcome = await orders.ChangeAsync<MoveOutcome>(
            find,
            locked =>
            {
                var order = locked.Order;
                if (!IfMatch.Allows(ifMatch, order.Version))
                {
                    return new MoveOutcome.Changed();
                }

                if (!OrderStatusMoves.Allow(order.Status, to))
                {
                    return new MoveOutcome.Illegal(order.Status);
                }

                if (order.PaymentHold is not null)
                {
                    return new MoveOutcome.Held();
                }

                if (to is OrderStatus.Confirmed or OrderStatus.Shipping && order.LacksPayment)
                {
                    if (!byHand)
                    {
                        return new MoveOutcome.PaymentRequired();
                    }

                    order.ByHand = mover.Reason;
                }

                locked.MoveTo(to, mover);
                return new MoveOutcome.Moved(locked.StockReturn);
            },
            cancellationToken
        );
        if (outcome is MoveOutcome.Moved { StockReturn: { } stockReturn })
        {
            // Whoever cancels sees the stock back at once, if product-svc answers.
            await outbox.TryDeliverAsync(stockReturn, CancellationToken.None);
        }

        return outcome ?? new MoveOutcome.NotFound();
    }
}
