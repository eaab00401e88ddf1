namespace MsaShop.OrderService.Lifecycle;

/// <summary>Applies commands to orders and waits for the effects.</summary>
internal sealed class OrderLifecycle(OrderStore store, OutboxDispatcher outbox)
{
    /// <summary>
    /// Applies a command. The stock of a cancelled order is returned at once if product-svc answers. Every command is
    /// repeatable.
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
