using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.OrderService.Orders;
using MsaShop.Outbox;

namespace MsaShop.OrderService.Paying;

/// <summary>Money that has come for an order.</summary>
/// <param name="PaymentId">The payment's id, in payment-svc.</param>
/// <param name="Amount">How much, in won.</param>
/// <param name="Mover">Who says so.</param>
public sealed record OrderPayment(long PaymentId, decimal Amount, Mover Mover);

/// <summary>Money that goes back: all of it that had come.</summary>
/// <param name="PaymentId">The payment's id, in payment-svc.</param>
/// <param name="Mover">Who gives it back, and why.</param>
public sealed record OrderRefund(long PaymentId, Mover Mover);

/// <summary>Why an order does not take a payment: code and words.</summary>
/// <param name="Code">The problem's code.</param>
/// <param name="Detail">What is the matter.</param>
public sealed record PaymentRefusal(string Code, string Detail);

/// <summary>What comes of a wish of payment-svc's.</summary>
/// <param name="Order">The order, as it is since.</param>
/// <param name="Refusal">Why it was not done; null if it was.</param>
public sealed record PayingOutcome(Order Order, PaymentRefusal? Refusal = null);

/// <summary>What payment-svc does to orders. All of it may be repeated.</summary>
public sealed class OrderPaying(OrderLock orders, OrderDbContext database, OutboxDispatcher outbox, TimeProvider time)
{
    private static readonly Func<OrderDbContext, string, CancellationToken, Task<Order?>> s_find = EF.CompileAsyncQuery(
        (OrderDbContext database, string orderNumber, CancellationToken _) =>
            database.Orders.AsNoTracking().FirstOrDefault(order => order.OrderNumber == orderNumber)
    );

    private static readonly PaymentRefusal s_notPayable = new("order_not_payable", "The order awaits no card payment.");
    private static readonly PaymentRefusal s_noTransfer = new(
        "order_not_payable",
        "The order awaits no bank transfer."
    );
    private static readonly PaymentRefusal s_closed = new("order_closed", "The order has been cancelled.");
    private static readonly PaymentRefusal s_paid = new("already_paid", "Another payment has paid for the order.");
    private static readonly PaymentRefusal s_mismatch = new("amount_mismatch", "The order costs something else.");

    /// <summary>The order, as it is now.</summary>
    public Task<Order?> FindAsync(string orderNumber, CancellationToken cancellationToken) =>
        s_find(database, orderNumber, cancellationToken);

    /// <summary>
    /// Keeps the order as it is while its card may be charged: only an order that still stands when the charge ends may be
    /// charged.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="attempt">The attempt to charge it; null from a payment-svc of the first release.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PayingOutcome?> HoldAsync(
        string orderNumber,
        long? attempt,
        CancellationToken cancellationToken
    ) =>
        await TryHoldAsync(orderNumber, attempt, cancellationToken) is { } held
            ? new PayingOutcome(held)
            : await JudgeHoldAsync(orderNumber, attempt, cancellationToken);

    /// <summary>Holds an order that is payable and not held yet, which nearly all are: one statement that finds it so.</summary>
    private async Task<Order?> TryHoldAsync(string orderNumber, long? attempt, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var held = await database.ReadBrieflyAsync(
            [
                $"""
                UPDATE orders SET payment_hold = {now}, hold_attempt = COALESCE({attempt}, hold_attempt)
                WHERE order_number = {orderNumber} AND status = 'PENDING' AND payment_method = 'CARD'
                    AND payment_hold IS NULL AND pay_by > {now}
                    AND (hold_attempt IS NULL OR {attempt} IS NULL OR hold_attempt < {attempt})
                """,
                OrderRow.FindUpdated(orderNumber),
            ],
            OrderRow.Read,
            cancellationToken
        );
        return held.SingleOrDefault();
    }

    private Task<PayingOutcome?> JudgeHoldAsync(
        string orderNumber,
        long? attempt,
        CancellationToken cancellationToken
    ) =>
        orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                var order = locked.Order;
                if (!IsHoldable(order, attempt, locked.Now))
                {
                    return new PayingOutcome(order, s_notPayable);
                }

                order.PaymentHold ??= locked.Now;
                order.HoldAttempt = attempt ?? order.HoldAttempt;
                return new PayingOutcome(order);
            },
            cancellationToken
        );

    private static bool IsHoldable(Order order, long? attempt, DateTime now)
    {
        var isHeld = order.PaymentHold is not null;
        var isInTime = order.PayBy > now;
        return order is { Status: OrderStatus.Pending, PaymentMethod: PaymentMethod.Card }
            && (attempt, order.HoldAttempt) switch
            {
                (null, _) or (_, null) => isHeld || isInTime,
                // Once more; or late, where it has let the order go.
                var (wanted, known) when wanted == known => isHeld,
                // A later attempt begins only when the earlier one has ended, whose release is on its way.
                var (wanted, known) => wanted > known && isInTime,
            };
    }

    /// <summary>
    /// This attempt, and those before it, charge nothing any more: what they hold is let go, and they hold nothing from now on.
    /// What a later attempt holds stays held.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="attempt">The attempt; null from a payment-svc of the first release, for whichever it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PayingOutcome?> ReleaseAsync(string orderNumber, long? attempt, CancellationToken cancellationToken) =>
        orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                var order = locked.Order;
                if (attempt is null || order.HoldAttempt is null || attempt >= order.HoldAttempt)
                {
                    order.PaymentHold = null;
                    order.HoldAttempt = attempt ?? order.HoldAttempt;
                }

                return new PayingOutcome(order);
            },
            cancellationToken
        );

    /// <summary>The money is there: the order is confirmed, unless it is over or somebody else's money was quicker.</summary>
    public async Task<PayingOutcome?> PayAsync(
        string orderNumber,
        OrderPayment payment,
        CancellationToken cancellationToken
    ) =>
        await TryConfirmAsync(orderNumber, payment, cancellationToken) is { } confirmed
            ? new PayingOutcome(confirmed)
            : await JudgePaymentAsync(orderNumber, payment, cancellationToken);

    /// <summary>Confirms an order that awaits this money, which nearly all do.</summary>
    private Task<Order?> TryConfirmAsync(string orderNumber, OrderPayment payment, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        return orders.TryMoveAsync(
            orderNumber,
            $"""
            UPDATE orders
            SET status = 'CONFIRMED', payment_id = {payment.PaymentId}, payment_hold = NULL, updated_at = {now}
            WHERE order_number = {orderNumber} AND status = 'PENDING' AND payment_id IS NULL
                AND total_price = {payment.Amount}
            """,
            OrderStatus.Pending,
            payment.Mover,
            cancellationToken
        );
    }

    private Task<PayingOutcome?> JudgePaymentAsync(
        string orderNumber,
        OrderPayment payment,
        CancellationToken cancellationToken
    ) =>
        orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                var order = locked.Order;
                if (Judge(order, payment) is { } refusal)
                {
                    return new PayingOutcome(order, refusal);
                }

                // Before the move, whose event tells the payment. An order that was confirmed by hand learns it now.
                order.PaymentId = payment.PaymentId;
                order.PaymentHold = null;
                if (order.Status == OrderStatus.Pending)
                {
                    locked.MoveTo(OrderStatus.Confirmed, payment.Mover);
                }

                return new PayingOutcome(order);
            },
            cancellationToken
        );

    /// <summary>
    /// All of the money is about to go back, or has gone: an order that has not been shipped is cancelled, and from here on
    /// will not be. Money of another payment than the order's does not matter to it.
    /// </summary>
    public async Task<PayingOutcome?> RefundAsync(
        string orderNumber,
        OrderRefund refund,
        CancellationToken cancellationToken
    )
    {
        OutboxMessage? stockReturn = null;
        var outcome = await orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                stockReturn = null;
                var order = locked.Order;
                var isPaidOtherwise = order.PaymentId is { } paid && paid != refund.PaymentId;
                if (!isPaidOtherwise && OrderStatusMoves.Allow(order.Status, OrderStatus.Cancelled))
                {
                    // Nothing is being charged for it: its one payment has come, and goes.
                    order.PaymentHold = null;
                    locked.MoveTo(OrderStatus.Cancelled, refund.Mover);
                    stockReturn = locked.StockReturn;
                }

                return new PayingOutcome(order);
            },
            cancellationToken
        );
        if (stockReturn is not null)
        {
            await outbox.TryDeliverAsync(stockReturn, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>
    /// A bank transfer has been seen, and is being written down: however long it takes to tell of it, no deadline cancels
    /// the order before. Should it come to nothing, or this come late, the order is kept for a while, and no longer.
    /// </summary>
    public Task<PayingOutcome?> SeeDepositAsync(
        string orderNumber,
        DateTime seenAt,
        CancellationToken cancellationToken
    ) =>
        orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                var order = locked.Order;
                if (order.PaymentMethod != PaymentMethod.BankTransfer || order.Status == OrderStatus.Cancelled)
                {
                    return new PayingOutcome(order, s_noTransfer);
                }

                order.DepositSeenAt = seenAt;
                return new PayingOutcome(order);
            },
            cancellationToken
        );

    /// <summary>
    /// The bank transfer that was seen then has not come after all: the deadline counts again, unless another has been seen
    /// since.
    /// </summary>
    public Task<PayingOutcome?> ForgetDepositAsync(
        string orderNumber,
        DateTime seenAt,
        CancellationToken cancellationToken
    ) =>
        orders.ChangeAsync(
            Find(orderNumber),
            locked =>
            {
                if (locked.Order.DepositSeenAt == seenAt)
                {
                    locked.Order.DepositSeenAt = null;
                }

                return new PayingOutcome(locked.Order);
            },
            cancellationToken
        );

    private static PaymentRefusal? Judge(Order order, OrderPayment payment) =>
        order.Status == OrderStatus.Cancelled ? s_closed
        : order.PaymentId is { } paid && paid != payment.PaymentId ? s_paid
        : order.TotalPrice != payment.Amount ? s_mismatch
        : null;

    private static FormattableString Find(string orderNumber) =>
        $"SELECT * FROM orders WHERE order_number = {orderNumber} FOR UPDATE";
}
