namespace MsaShop.OrderService.Lifecycle;

/// <summary>Applies commands to orders for callers that wait for the effects.</summary>
internal sealed class OrderLifecycle(OrderStore store, OutboxDispatcher outbox)
{
    /// <summary>
    /// The stock of a cancelled order is back at once if product-svc answers. Commands are safe to repeat.
    /// </summary>
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
