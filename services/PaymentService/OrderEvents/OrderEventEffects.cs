using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>Does what events mean, in the current transaction.</summary>
internal sealed class OrderEventEffects(
    PaymentDbContext database,
    OrderClient orders,
    RefundRequester refunds,
    TimeProvider time
)
{
    /// <summary>Does what the event means.</summary>
    /// <param name="orderEvent">The event.</param>
    /// <param name="effect">What it means.</param>
    /// <param name="order">What <see cref="FindUnknownAsync"/> has found, before the transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The payment, if it moved.</returns>
    public async Task<Payment?> DoAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        ShopOrder? order,
        CancellationToken cancellationToken
    )
    {
        switch (effect)
        {
            case OrderEventEffect.Expect { Order: { PaymentMethod: PaymentMethod.BankTransfer } placed }:
                await database.LockOrAddPaymentAsync(ToPayment(orderEvent, placed), cancellationToken);
                return null;
            case OrderEventEffect.Expect expect:
                await ExpectAsync([(orderEvent, expect.Order)], cancellationToken);
                return null;
            case OrderEventEffect.Confirm confirm:
                return await ConfirmAsync(orderEvent, confirm.Move, order, cancellationToken);
            case OrderEventEffect.Cancel cancel:
                return await CancelAsync(orderEvent, cancel.Move, cancellationToken);
            case OrderEventEffect.Forget:
                await ForgetAsync([orderEvent.OrderNumber], cancellationToken);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Money is to come for these orders. Together they cost hardly more than one.</summary>
    /// <param name="placed">The events and what they tell.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ExpectAsync(
        IEnumerable<(OrderEvent Event, PlacedOrder Order)> placed,
        CancellationToken cancellationToken
    )
    {
        var byMethod = placed.ToLookup(one => one.Order.PaymentMethod);
        if (byMethod.Contains(PaymentMethod.BankTransfer))
        {
            var transfers = byMethod[PaymentMethod.BankTransfer];
            var orderIds = transfers.Select(transfer => transfer.Event.OrderId).ToList();
            var known = await database
                .Payments.Where(payment => orderIds.Contains(payment.OrderId))
                .Select(payment => payment.OrderId)
                .ToListAsync(cancellationToken);
            database.Payments.AddRange(
                transfers
                    .ExceptBy(known, transfer => transfer.Event.OrderId)
                    .Select(transfer => ToPayment(transfer.Event, transfer.Order))
            );
        }

        if (byMethod.Contains(PaymentMethod.Card))
        {
            var cards = byMethod[PaymentMethod.Card].Select(card => ToAwaitedCard(card.Event, card.Order)).ToList();
            var orderNumbers = cards.Select(card => card.OrderNumber).ToList();
            var known = await database
                .AwaitedCards.Where(card => orderNumbers.Contains(card.OrderNumber))
                .Select(card => card.OrderNumber)
                .ToListAsync(cancellationToken);
            database.AwaitedCards.AddRange(cards.ExceptBy(known, card => card.OrderNumber));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Their cards are awaited no longer.</summary>
    public Task ForgetAsync(List<string> orderNumbers, CancellationToken cancellationToken) =>
        orderNumbers.Count == 0
            ? Task.CompletedTask
            : database
                .AwaitedCards.Where(card => orderNumbers.Contains(card.OrderNumber))
                .ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// The order, where no payment of it is known: it is paid by card and an admin confirmed it by hand, or it is older
    /// than the feed.
    /// </summary>
    public async Task<ShopOrder?> FindUnknownAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        CancellationToken cancellationToken
    ) =>
        effect is not OrderEventEffect.Confirm
        || await database.Payments.AnyAsync(payment => payment.OrderId == orderEvent.OrderId, cancellationToken)
            ? null
            : await orders.FindByIdAsync(orderEvent.OrderId, cancellationToken);

    private Payment ToPayment(OrderEvent orderEvent, PlacedOrder order) =>
        new()
        {
            OrderId = orderEvent.OrderId,
            OrderNumber = orderEvent.OrderNumber,
            UserId = order.UserId,
            Amount = order.TotalPrice,
            Method = PaymentMethod.BankTransfer,
            DepositorName = order.DepositorName,
            CreatedAt = orderEvent.OccurredAt,
            UpdatedAt = time.GetStorableNow(),
        };

    private static AwaitedCard ToAwaitedCard(OrderEvent orderEvent, PlacedOrder order) =>
        new()
        {
            OrderNumber = orderEvent.OrderNumber,
            OrderId = orderEvent.OrderId,
            UserId = order.UserId,
            Amount = order.TotalPrice,
            PlacedAt = orderEvent.OccurredAt,
        };

    /// <summary>An admin has confirmed the order: the bank transfer has come. Other payments are confirmed from here.</summary>
    /// <returns>The payment, if it moved.</returns>
    private async Task<Payment?> ConfirmAsync(
        OrderEvent orderEvent,
        OrderMove move,
        ShopOrder? order,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        var payment = order is { PaymentMethod: PaymentMethod.BankTransfer }
            ? await database.LockOrAddPaymentAsync(order.ToPayment(now), cancellationToken)
            : await database.LockPaymentOfOrderAsync(orderEvent.OrderId, cancellationToken);
        if (payment is { UndoUntil: not null })
        {
            // The order does not wait for it any more, so that it cannot be undone.
            payment.SettleDeposit(now);
        }

        if (payment is not { Method: PaymentMethod.BankTransfer })
        {
            await ForgetAsync([orderEvent.OrderNumber], cancellationToken);
            return null;
        }

        if (payment.Status != PaymentStatus.Pending)
        {
            return null;
        }

        payment.Move(PaymentStatus.Completed, move.ToActor("Order confirmed"), now);
        return payment;
    }

    /// <summary>The order will not be sent: its money goes back, or need not come.</summary>
    /// <returns>The payment, if it moved.</returns>
    private async Task<Payment?> CancelAsync(OrderEvent orderEvent, OrderMove move, CancellationToken cancellationToken)
    {
        var payment = await database.LockPaymentOfOrderAsync(orderEvent.OrderId, cancellationToken);
        if (payment is not { Method: PaymentMethod.BankTransfer })
        {
            await ForgetAsync([orderEvent.OrderNumber], cancellationToken);
        }

        var actor = move.ToActor("Order cancelled");
        switch (payment)
        {
            case { Status: PaymentStatus.Completed, UndoUntil: not null }:
                // It may be a mistake, which is not given back. Once it cannot be undone any more, the order is told of it, and
                // does not take it.
                payment.OrderEndedAt = time.GetStorableNow();
                return null;
            case { Status: PaymentStatus.Completed }:
                await refunds.RequestRestAsync(payment, actor, cancellationToken);
                return null;
            case { Status: PaymentStatus.Pending, Method: PaymentMethod.BankTransfer }:
                payment.Move(PaymentStatus.Failed, actor, time.GetStorableNow());
                return payment;
            default:
                // A card's outcome is settled with Toss, whatever becomes of the order; then the order is asked about.
                return null;
        }
    }
}
