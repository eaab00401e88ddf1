using MsaShop.Outbox;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>Has orders do what is asked of them, for whoever waits for it.</summary>
internal sealed class OrderLifecycle(OrderStore store, OutboxDispatcher outbox)
{
    /// <summary>Does it; the stock of an order that is cancelled is back at once, if product-svc answers.</summary>
    /// <param name="key">Which order.</param>
    /// <param name="command">What is asked of it. All of it may be repeated.</param>
    /// <param name="cancellationToken">Counts until the commit.</param>
    public async Task<OrderOutcome> DoAsync(OrderKey key, OrderCommand command, CancellationToken cancellationToken)
    {
        var outcome = await store.ChangeAsync(key, command, cancellationToken);
        if (outcome is OrderOutcome.Done { StockReturn: { } stockReturn })
        {
            await outbox.DeliverNowAsync(stockReturn, CancellationToken.None);
        }

        return outcome;
    }
}
