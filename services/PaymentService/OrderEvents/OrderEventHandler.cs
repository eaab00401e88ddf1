using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Http;
using MySqlConnector;

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
        var transfers = new List<(OrderEvent Event, PlacedOrder Order)>();
        var read = false;
        foreach (var orderEvent in events)
        {
            var effect = FindEffect(orderEvent);
            if (effect is Effect.Confirm && paidByCard.Contains(orderEvent.OrderId))
            {
                effect = null;
            }

            read = effect is null;
            if (effect is Effect.Expect expect)
            {
                transfers.Add((orderEvent, expect.Order));
            }
            else if (effect is not null)
            {
                await ExpectAllAsync(transfers, cancellationToken);
                await HandleAsync(orderEvent, effect, cancellationToken);
            }
        }

        await ExpectAllAsync(transfers, cancellationToken);
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
                    case Effect.Expect expect:
                        await database.LockOrAddPaymentAsync(ToPayment(orderEvent, expect.Order), token);
                        break;
                    case Effect.Confirm confirm:
                        moved = await ConfirmAsync(orderEvent, confirm.Move, order, token);
                        break;
                    case Effect.Cancel cancel:
                        moved = await CancelAsync(orderEvent, cancel.Move, token);
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

    /// <summary>Bank transfers are to come. Together they cost hardly more than one, and most events are of this kind.</summary>
    /// <param name="transfers">The orders, oldest first; empty afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task ExpectAllAsync(
        List<(OrderEvent Event, PlacedOrder Order)> transfers,
        CancellationToken cancellationToken
    )
    {
        if (transfers.Count <= 1 || !await TryExpectTogetherAsync(transfers, cancellationToken))
        {
            foreach (var (orderEvent, order) in transfers)
            {
                await HandleAsync(orderEvent, new Effect.Expect(order), cancellationToken);
            }
        }

        transfers.Clear();
    }

    /// <returns>Whether they are stored; not if somebody else has been adding one of them just then.</returns>
    private async Task<bool> TryExpectTogetherAsync(
        List<(OrderEvent Event, PlacedOrder Order)> transfers,
        CancellationToken cancellationToken
    )
    {
        var activities = transfers.Select(transfer => StartActivity(transfer.Event)).ToList();
        try
        {
            var fresh = await database.TransactAsync(
                async token =>
                {
                    var before = await cursor.MoveToAsync(transfers[^1].Event.Position, token);
                    var fresh = transfers.Where(transfer => transfer.Event.Position > before).ToList();
                    var orderIds = fresh.Select(transfer => transfer.Event.OrderId).ToList();
                    var known = await database
                        .Payments.Where(payment => orderIds.Contains(payment.OrderId))
                        .Select(payment => payment.OrderId)
                        .ToListAsync(token);
                    database.Payments.AddRange(
                        fresh
                            .ExceptBy(known, transfer => transfer.Event.OrderId)
                            .Select(transfer => ToPayment(transfer.Event, transfer.Order))
                    );
                    return fresh;
                },
                cancellationToken
            );
            fresh.ForEach(transfer => metrics.Handled(transfer.Event, time.GetUtcNow().UtcDateTime));
            return true;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry })
        {
            return false;
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

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
                var placed = Read<PlacedOrder>(orderEvent);
                return placed.PaymentMethod == PaymentMethod.BankTransfer ? new Effect.Expect(placed) : null;
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

        if (payment is not { Method: PaymentMethod.BankTransfer, Status: PaymentStatus.Pending })
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
        var mover = move.ToMover("Order cancelled");
        switch (payment)
        {
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
        /// <summary>A bank transfer is to come.</summary>
        public sealed record Expect(PlacedOrder Order) : Effect;

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
