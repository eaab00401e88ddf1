using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>Does what an order's event means for its payment.</summary>
internal sealed class OrderEventHandler(
    PaymentDbContext database,
    OrderEventCursor cursor,
    OrderClient orders,
    RefundRequester refunds,
    OrderEventMetrics metrics,
    PaymentMetrics payments,
    TimeProvider time,
    ILogger<OrderEventHandler> logger
)
{
    private const string OrderPlaced = "ORDER_PLACED";
    private const string OrderStatusChanged = "ORDER_STATUS_CHANGED";

    private static readonly ActivitySource s_source = new("MsaShop.OrderEvents");

    /// <summary>Stores the events' effects and the cursor, together and once.</summary>
    /// <param name="events">A page of the feed, oldest first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task HandleAsync(IReadOnlyList<OrderEvent> events, CancellationToken cancellationToken)
    {
        var paidByCard = await FindPaidByCardAsync(events, cancellationToken);
        var together = new List<(OrderEvent Event, Effect Effect)>();
        var read = false;
        foreach (var orderEvent in events)
        {
            var effect = FindEffect(orderEvent);
            if (effect is Effect.Confirm && paidByCard.Contains(orderEvent.OrderId))
            {
                effect = new Effect.Forget();
            }

            read = effect is null;
            if (effect is Effect.Expect or Effect.Forget)
            {
                together.Add((orderEvent, effect));
            }
            else if (effect is not null)
            {
                await HandleTogetherAsync(together, cancellationToken);
                await HandleAsync(orderEvent, effect, cancellationToken);
            }
        }

        await HandleTogetherAsync(together, cancellationToken);
        if (read)
        {
            // The last one has no effect that would have moved the cursor.
            await database.TransactAsync(token => cursor.MoveToAsync(events[^1].Position, token), cancellationToken);
        }
    }

    private async Task HandleAsync(OrderEvent orderEvent, Effect effect, CancellationToken cancellationToken)
    {
        using var activity = StartActivity(orderEvent);
        var order = effect is Effect.Confirm ? await FindUnknownAsync(orderEvent, cancellationToken) : null;
        Payment? moved = null;
        var handled = await database.TransactAsync(
            async token =>
            {
                moved = null;
                if (await cursor.MoveToAsync(orderEvent.Position, token) >= orderEvent.Position)
                {
                    return false;
                }

                switch (effect)
                {
                    case Effect.Expect { Order: { PaymentMethod: PaymentMethod.BankTransfer } placed }:
                        await database.LockOrAddPaymentAsync(ToPayment(orderEvent, placed), token);
                        break;
                    case Effect.Expect:
                        await ExpectAsync([(orderEvent, effect)], token);
                        break;
                    case Effect.Confirm confirm:
                        moved = await ConfirmAsync(orderEvent, confirm.Move, order, token);
                        break;
                    case Effect.Cancel cancel:
                        moved = await CancelAsync(orderEvent, cancel.Move, token);
                        break;
                    case Effect.Forget:
                        await ForgetAsync([orderEvent.OrderNumber], token);
                        break;
                }

                return true;
            },
            cancellationToken
        );
        if (handled)
        {
            metrics.Handled(orderEvent, time.GetUtcNow().UtcDateTime);
        }

        if (moved is not null)
        {
            payments.Moved(moved);
        }
    }

    /// <summary>Money is to come, or has come by card. Together they cost hardly more than one, and most events are of this kind.</summary>
    /// <param name="together">The events, oldest first; empty afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task HandleTogetherAsync(
        List<(OrderEvent Event, Effect Effect)> together,
        CancellationToken cancellationToken
    )
    {
        if (together.Count <= 1 || !await TryHandleTogetherAsync(together, cancellationToken))
        {
            foreach (var (orderEvent, effect) in together)
            {
                await HandleAsync(orderEvent, effect, cancellationToken);
            }
        }

        together.Clear();
    }

    /// <returns>Whether their effects are stored; not if somebody else has been adding one of the payments just then.</returns>
    private async Task<bool> TryHandleTogetherAsync(
        List<(OrderEvent Event, Effect Effect)> together,
        CancellationToken cancellationToken
    )
    {
        var activities = together.Select(one => StartActivity(one.Event)).ToList();
        try
        {
            var fresh = await database.TransactAsync(
                async token =>
                {
                    var before = await cursor.MoveToAsync(together[^1].Event.Position, token);
                    var fresh = together.Where(one => one.Event.Position > before).ToList();
                    await ExpectAsync(fresh, token);
                    await ForgetAsync(
                        [.. fresh.Where(one => one.Effect is Effect.Forget).Select(one => one.Event.OrderNumber)],
                        token
                    );
                    return fresh;
                },
                cancellationToken
            );
            fresh.ForEach(one => metrics.Handled(one.Event, time.GetUtcNow().UtcDateTime));
            return true;
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateKey())
        {
            return false;
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

    private async Task ExpectAsync(List<(OrderEvent Event, Effect Effect)> fresh, CancellationToken cancellationToken)
    {
        var placed = fresh
            .Where(one => one.Effect is Effect.Expect)
            .ToLookup(
                one => ((Effect.Expect)one.Effect).Order.PaymentMethod,
                one => (one.Event, ((Effect.Expect)one.Effect).Order)
            );
        if (placed.Contains(PaymentMethod.BankTransfer))
        {
            var transfers = placed[PaymentMethod.BankTransfer];
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

        if (placed.Contains(PaymentMethod.Card))
        {
            var cards = placed[PaymentMethod.Card].Select(card => ToAwaitedCard(card.Event, card.Order)).ToList();
            var orderNumbers = cards.Select(card => card.OrderNumber).ToList();
            var known = await database
                .AwaitedCards.Where(card => orderNumbers.Contains(card.OrderNumber))
                .Select(card => card.OrderNumber)
                .ToListAsync(cancellationToken);
            database.AwaitedCards.AddRange(cards.ExceptBy(known, card => card.OrderNumber));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private Task ForgetAsync(List<string> orderNumbers, CancellationToken cancellationToken) =>
        orderNumbers.Count == 0
            ? Task.CompletedTask
            : database
                .AwaitedCards.Where(card => orderNumbers.Contains(card.OrderNumber))
                .ExecuteDeleteAsync(cancellationToken);

    /// <summary>The orders that have a card's payment: their confirmation came from it, and does nothing to it.</summary>
    private async Task<HashSet<long>> FindPaidByCardAsync(
        IReadOnlyList<OrderEvent> events,
        CancellationToken cancellationToken
    )
    {
        var moved = events
            .Where(orderEvent => orderEvent.Type == OrderStatusChanged)
            .Select(orderEvent => orderEvent.OrderId)
            .ToList();
        return moved.Count == 0
            ? []
            : await database
                .Payments.Where(payment => payment.Method == PaymentMethod.Card && moved.Contains(payment.OrderId))
                .Select(payment => payment.OrderId)
                .ToHashSetAsync(cancellationToken);
    }

    private Effect? FindEffect(OrderEvent orderEvent)
    {
        switch (orderEvent.Type)
        {
            case OrderPlaced:
                return new Effect.Expect(Read<PlacedOrder>(orderEvent));
            case OrderStatusChanged:
                var move = Read<OrderMove>(orderEvent);
                return move.To switch
                {
                    OrderStatus.Confirmed => new Effect.Confirm(move),
                    OrderStatus.Cancelled => new Effect.Cancel(move),
                    _ => null,
                };
            default:
                // A newer order-svc may tell more than this version knows to use.
                logger.LogInformation("Event {Position} is a {Type}: not used", orderEvent.Position, orderEvent.Type);
                return null;
        }
    }

    private static TData Read<TData>(OrderEvent orderEvent) =>
        orderEvent.Data.Deserialize<TData>(ShopJson.Options)
        ?? throw new JsonException($"Event {orderEvent.Position} has no data.");

    /// <summary>One trace from what the shopper or admin did to what it does here.</summary>
    private static Activity? StartActivity(OrderEvent orderEvent) =>
        s_source
            .StartActivity(
                $"event {orderEvent.Type}",
                ActivityKind.Consumer,
                ActivityContext.TryParse(orderEvent.TraceParent, traceState: null, isRemote: true, out var parent)
                    ? parent
                    : default
            )
            ?.SetTag("messaging.message.id", orderEvent.Position);

    /// <summary>
    /// The order, where no payment of it is known: it is paid by card and an admin confirmed it by hand, or it is older
    /// than the feed.
    /// </summary>
    private async Task<ShopOrder?> FindUnknownAsync(OrderEvent orderEvent, CancellationToken cancellationToken) =>
        await database.Payments.AnyAsync(payment => payment.OrderId == orderEvent.OrderId, cancellationToken)
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

        payment.Move(PaymentStatus.Completed, move.ToMover("Order confirmed"), now);
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

        var mover = move.ToMover("Order cancelled");
        switch (payment)
        {
            case { Status: PaymentStatus.Completed, UndoUntil: not null }:
                // It may be a mistake, which is not given back. Once it cannot be undone any more, the order is told of it, and
                // does not take it.
                payment.OrderEndedAt = time.GetStorableNow();
                return null;
            case { Status: PaymentStatus.Completed }:
                await refunds.RequestRestAsync(payment, mover, cancellationToken);
                return null;
            case { Status: PaymentStatus.Pending, Method: PaymentMethod.BankTransfer }:
                payment.Move(PaymentStatus.Failed, mover, time.GetStorableNow());
                return payment;
            default:
                // A card's outcome is settled with Toss, whatever becomes of the order; then the order is asked about.
                return null;
        }
    }

    private abstract record Effect
    {
        /// <summary>Money is to come.</summary>
        public sealed record Expect(PlacedOrder Order) : Effect;

        /// <summary>Its card has paid for the order, which awaits none any more.</summary>
        public sealed record Forget : Effect;

        public sealed record Confirm(OrderMove Move) : Effect;

        public sealed record Cancel(OrderMove Move) : Effect;
    }

    private sealed record PlacedOrder(
        long UserId,
        decimal TotalPrice,
        PaymentMethod PaymentMethod,
        string? DepositorName
    );

    private sealed record OrderMove(OrderStatus To, PaymentActor Actor, long? UserId, string? Reason)
    {
        public PaymentMover ToMover(string otherwise) => new(Actor, UserId, Reason ?? otherwise);
    }
}
