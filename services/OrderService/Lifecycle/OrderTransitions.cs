using MsaShop.OrderService.Orders;
using static MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>
/// Decides on an order from its state, the command and the time alone. The table is complete, and printed in
/// <c>docs/orders-and-payments.md</c>.
/// </summary>
internal static class OrderTransitions
{
    private static readonly OrderStatus[] s_any = Enum.GetValues<OrderStatus>();

    private static readonly OrderGuard s_notHeld = new(
        "no card charge may be under way",
        OrderRefusal.PaymentInProgress,
        (order, _, _) => order.PaymentHold is null
    );

    private static readonly OrderGuard s_paidFor = OrderGuard.Of<OrderCommand.Move>(
        "its card has paid for it, or `byHand`",
        OrderRefusal.PaymentRequired,
        (order, move, _) => !order.LacksPayment || move.ByHand
    );

    private static readonly OrderGuard s_byCard = new(
        "it is paid by card",
        OrderRefusal.NotPayable,
        (order, _, _) => order.PaymentMethod == PaymentMethod.Card
    );

    private static readonly OrderGuard s_holdable = OrderGuard.Of<OrderCommand.Hold>(
        "it is in time for a new attempt, or held by this one",
        OrderRefusal.NotPayable,
        (order, hold, now) => IsHoldable(order, hold.Attempt, now)
    );

    private static readonly OrderGuard s_holdsNoLater = OrderGuard.Of<OrderCommand.Release>(
        "no later attempt has held it",
        refusal: null,
        (order, release, _) =>
            release.Attempt is null || order.HoldAttempt is null || release.Attempt >= order.HoldAttempt
    );

    private static readonly OrderGuard s_notPaidOtherwise = OrderGuard.Of<OrderCommand.Pay>(
        "no other payment has paid for it",
        OrderRefusal.AlreadyPaid,
        (order, pay, _) => order.PaymentId is null || order.PaymentId == pay.PaymentId
    );

    private static readonly OrderGuard s_amount = OrderGuard.Of<OrderCommand.Pay>(
        "it costs that much",
        OrderRefusal.AmountMismatch,
        (order, pay, _) => order.TotalPrice == pay.Amount
    );

    private static readonly OrderGuard s_refundIsOfIt = OrderGuard.Of<OrderCommand.Refund>(
        "no other payment has paid for it",
        refusal: null,
        (order, refund, _) => order.PaymentId is null || order.PaymentId == refund.PaymentId
    );

    private static readonly OrderGuard s_byTransfer = new(
        "it is paid by bank transfer",
        OrderRefusal.NoTransfer,
        (order, _, _) => order.PaymentMethod == PaymentMethod.BankTransfer
    );

    private static readonly OrderGuard s_sameDeposit = OrderGuard.Of<OrderCommand.ForgetDeposit>(
        "no other deposit has been seen since",
        refusal: null,
        (order, forget, _) => order.DepositSeenAt == forget.SeenAt
    );

    private static readonly OrderGuard s_overdue = new(
        "its deadline is over",
        Refusal: null,
        (order, _, now) => order.PayBy < now
    );

    private static readonly OrderGuard s_notCharging = s_notHeld with { Refusal = null };

    private static readonly OrderGuard s_noDeposit = OrderGuard.Of<OrderCommand.Expire>(
        "no deposit has been seen, or its grace is over",
        refusal: null,
        (order, expire, now) =>
            order.DepositSeenAt is not { } seen
            || (seen < now - expire.DepositGrace && order.PayBy < now - expire.DepositGrace)
    );

    private static readonly OrderEffect s_hold = OrderEffect.Of<OrderCommand.Hold>(
        "held for the attempt",
        (order, hold, now) =>
            [
                OrderColumns.PaymentHold.To(order.PaymentHold ?? now),
                OrderColumns.HoldAttempt.To(hold.Attempt ?? order.HoldAttempt),
            ]
    );

    private static readonly OrderEffect s_letGo = new("not held", (_, _, _) => [OrderColumns.PaymentHold.To(null)]);

    private static readonly OrderEffect s_attemptOver = OrderEffect.Of<OrderCommand.Release>(
        "the attempt holds it no more",
        (order, release, _) => [OrderColumns.HoldAttempt.To(release.Attempt ?? order.HoldAttempt)]
    );

    private static readonly OrderEffect s_paid = OrderEffect.Of<OrderCommand.Pay>(
        "paid by the payment",
        (_, pay, _) => [OrderColumns.PaymentId.To(pay.PaymentId)]
    );

    private static readonly OrderEffect s_byHand = OrderEffect.Of<OrderCommand.Move>(
        "the reason, if by hand",
        (order, move, _) => order.LacksPayment ? [OrderColumns.ByHand.To(move.Actor.Reason)] : []
    );

    private static readonly OrderEffect s_depositSeen = OrderEffect.Of<OrderCommand.SeeDeposit>(
        "the deadline waits",
        (_, deposit, _) => [OrderColumns.DepositSeenAt.To(deposit.SeenAt)]
    );

    private static readonly OrderEffect s_depositForgotten = new(
        "the deadline counts",
        (_, _, _) => [OrderColumns.DepositSeenAt.To(null)]
    );

    /// <summary>Every transition. Anything else is refused, or leaves the order as it is.</summary>
    public static IReadOnlyList<OrderTransition> Table { get; } =
    [
        On<OrderCommand.Hold>("hold", [Pending], [s_byCard, s_holdable], to: null, s_hold),
        On<OrderCommand.Release>("release", s_any, [s_holdsNoLater], to: null, s_letGo, s_attemptOver),
        On<OrderCommand.Pay>("pay", [Pending], [s_notPaidOtherwise, s_amount], Confirmed, s_paid, s_letGo),
        On<OrderCommand.Pay>(
            "pay",
            [Confirmed, Shipping, Delivered],
            [s_notPaidOtherwise, s_amount],
            to: null,
            s_paid,
            s_letGo
        ),
        On<OrderCommand.Refund>("refund in full", [Pending, Confirmed], [s_refundIsOfIt], Cancelled, s_letGo),
        On<OrderCommand.SeeDeposit>(
            "see a deposit",
            [Pending, Confirmed, Shipping, Delivered],
            [s_byTransfer],
            to: null,
            s_depositSeen
        ),
        On<OrderCommand.ForgetDeposit>("undo a deposit", s_any, [s_sameDeposit], to: null, s_depositForgotten),
        OnMove("confirm", [Pending], [s_notHeld, s_paidFor], Confirmed, s_byHand),
        OnMove("ship", [Confirmed], [s_notHeld, s_paidFor], Shipping, s_byHand),
        OnMove("deliver", [Shipping], [s_notHeld], Delivered),
        OnMove("cancel", [Pending, Confirmed], [s_notHeld], Cancelled),
        On<OrderCommand.Expire>("expire", [Pending], [s_overdue, s_notCharging, s_noDeposit], Cancelled),
    ];

    public static bool Allow(OrderStatus from, OrderStatus to) =>
        Table.Any(transition => transition.To == to && transition.From.Contains(from));

    public static OrderDecision Decide(Order order, OrderCommand command, DateTime now)
    {
        if (command is OrderCommand.Move move && !IfMatch.Allows(move.Version, order.Version))
        {
            return new OrderDecision.Refused(OrderRefusal.ChangedMeanwhile);
        }

        var found = Table.FirstOrDefault(row => row.IsFor(command) && row.From.Contains(order.Status));
        if (found is null)
        {
            return Refuse(command.RefusedOtherwise);
        }

        if (found.Guards.FirstOrDefault(guard => !guard.Holds(order, command, now)) is { } broken)
        {
            return Refuse(broken.Refusal);
        }

        var writes = found.Effects.SelectMany(effect => effect.Writes(order, command, now)).ToList();
        if (found.To is { } to)
        {
            writes.Add(OrderColumns.Status.To(to));
            writes.Add(OrderColumns.UpdatedAt.To(now));
        }

        return new OrderDecision.Change(writes, found.To, found.ReturnsStock);
    }

    private static OrderDecision Refuse(OrderRefusal? why) =>
        why is { } refusal ? new OrderDecision.Refused(refusal) : new OrderDecision.Unchanged();

    private static bool IsHoldable(Order order, long? attempt, DateTime now)
    {
        var isHeld = order.PaymentHold is not null;
        var isInTime = order.PayBy > now;
        return (attempt, order.HoldAttempt) switch
        {
            (null, _) or (_, null) => isHeld || isInTime,
            // A repeat, or a call that comes after its own release.
            var (wanted, known) when wanted == known => isHeld,
            // A later attempt begins only after the earlier one has ended, whose release is on its way.
            var (wanted, known) => wanted > known && isInTime,
        };
    }

    private static OrderTransition On<T>(
        string name,
        OrderStatus[] from,
        OrderGuard[] guards,
        OrderStatus? to,
        params OrderEffect[] effects
    )
        where T : OrderCommand => new(name, command => command is T, from, guards, to, effects);

    private static OrderTransition OnMove(
        string name,
        OrderStatus[] from,
        OrderGuard[] guards,
        OrderStatus to,
        params OrderEffect[] effects
    ) => new(name, command => command is OrderCommand.Move move && move.To == to, from, guards, to, effects);
}
