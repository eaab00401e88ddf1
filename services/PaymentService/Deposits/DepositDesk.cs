using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

/// <summary>What comes of an admin's word that a bank transfer has come.</summary>
internal abstract record DepositOutcome
{
    private DepositOutcome() { }

    /// <summary>The money is written down.</summary>
    public sealed record Recorded : DepositOutcome;

    /// <summary>There is no such order.</summary>
    public sealed record NotFound : DepositOutcome;

    /// <summary>The order is paid by card.</summary>
    public sealed record NotATransfer : DepositOutcome;

    /// <summary>The order is cancelled.</summary>
    public sealed record NotPayable : DepositOutcome;

    /// <summary>Another amount is to be paid.</summary>
    /// <param name="Expected">How much, in won.</param>
    public sealed record AmountMismatch(decimal Expected) : DepositOutcome;
}

/// <summary>What comes of an admin's word that a bank transfer has not come after all.</summary>
internal abstract record UndoOutcome
{
    private UndoOutcome() { }

    /// <summary>The money is awaited, as it was before, or need not come, where its order has been cancelled.</summary>
    public sealed record Awaited : UndoOutcome;

    /// <summary>There is no payment of such an order.</summary>
    public sealed record NotFound : UndoOutcome;

    /// <summary>The order is paid by card.</summary>
    public sealed record NotATransfer : UndoOutcome;

    /// <summary>It is too late.</summary>
    /// <param name="Status">Where the payment stands.</param>
    public sealed record Settled(PaymentStatus Status) : UndoOutcome;
}

/// <summary>Writes down bank transfers that an admin has seen on the shop's account.</summary>
internal sealed class DepositDesk(
    PaymentDbContext database,
    OrderClient orders,
    OutboxDispatcher outbox,
    PaymentMetrics metrics,
    IOptions<DepositOptions> terms,
    TimeProvider time
)
{
    /// <summary>
    /// Completes the order's payment, and tells order-svc: at once, or when it can no longer be undone. Repeatable; said
    /// again without <paramref name="undoable"/>, order-svc is told at once.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="depositorName">In whose name the money came; null for the name that was announced.</param>
    /// <param name="amount">How much came, in won; null for what was to come.</param>
    /// <param name="undoable">
    /// Whether it can be undone for a while. Where the order has to be paid by then, it cannot: told too late, order-svc
    /// would have cancelled it.
    /// </param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Stops waiting; what is written down stays.</param>
    public async Task<DepositOutcome> RecordAsync(
        long orderId,
        string? depositorName,
        decimal? amount,
        bool undoable,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var known = await database
            .Payments.AsNoTracking()
            .FirstOrDefaultAsync(payment => payment.OrderId == orderId, cancellationToken);
        ShopOrder? order = null;
        if (known is not { Method: PaymentMethod.Card } and not { Status: not PaymentStatus.Pending })
        {
            // What is known here may be a moment old: the order may have been cancelled since, or be too new.
            order = await orders.FindByIdAsync(orderId, cancellationToken);
            if (order is null)
            {
                return new DepositOutcome.NotFound();
            }

            if (order.PaymentMethod != PaymentMethod.BankTransfer)
            {
                return new DepositOutcome.NotATransfer();
            }

            if (order.Status == OrderStatus.Cancelled)
            {
                return new DepositOutcome.NotPayable();
            }
        }

        if (amount is { } told && order is not null && told != order.TotalPrice)
        {
            return new DepositOutcome.AmountMismatch(order.TotalPrice);
        }

        // Before it is written down, so that a deadline which passes until order-svc is told of it does not count.
        var now = time.GetStorableNow();
        if (
            order?.Status == OrderStatus.Pending
            && !await orders.SeeDepositAsync(order.OrderNumber, now, cancellationToken)
        )
        {
            return new DepositOutcome.NotPayable();
        }

        Payment? moved = null;
        OutboxMessage? message = null;
        var outcome = await database.TransactAsync(
            async token =>
            {
                (moved, message) = (null, null);
                var payment = order is null
                    ? await database.LockPaymentOfOrderAsync(orderId, token)
                    : await database.LockOrAddPaymentAsync(order.ToPayment(now), token);
                if (payment is null)
                {
                    return new DepositOutcome.NotFound();
                }

                if (payment.Method != PaymentMethod.BankTransfer)
                {
                    return new DepositOutcome.NotATransfer();
                }

                if (amount is { } came && came != payment.Amount)
                {
                    return new DepositOutcome.AmountMismatch(payment.Amount);
                }

                if (payment.Status == PaymentStatus.Failed)
                {
                    return new DepositOutcome.NotPayable();
                }

                if (payment.Status == PaymentStatus.Pending)
                {
                    var undoUntil = now + terms.Value.UndoWindow;
                    payment.Deposit(depositorName, undoable && order?.PayBy > undoUntil ? undoUntil : null, actor, now);
                    moved = payment;
                    message = database.Enqueue(
                        new OrderPaid(payment.Id, actor.Role, actor.UserId, actor.Reason),
                        OrderPaid.KeyOf(payment),
                        payment.UndoUntil
                    );
                }
                else if (payment.UndoUntil is not null && !undoable)
                {
                    payment.SettleDeposit(now);
                    message = await HastenAsync(payment, actor, now, token);
                }

                return (DepositOutcome)new DepositOutcome.Recorded();
            },
            cancellationToken
        );
        if (moved is not null)
        {
            metrics.Moved(moved);
        }

        if (message is not null && moved?.UndoUntil is null)
        {
            await outbox.TryDeliverAsync(message, cancellationToken);
        }

        return outcome;
    }

    /// <summary>
    /// Has the money awaited again, as long as order-svc has not been told that it came. Repeatable: nothing happens
    /// where it has not come.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Stops waiting; what is written down stays.</param>
    public async Task<UndoOutcome> UndoAsync(long orderId, Actor actor, CancellationToken cancellationToken)
    {
        Payment? moved = null;
        OutboxMessage? message = null;
        var outcome = await database.TransactAsync(
            async token =>
            {
                (moved, message) = (null, null);
                var now = time.GetStorableNow();
                var payment = await database.LockPaymentOfOrderAsync(orderId, token);
                switch (payment)
                {
                    case null:
                        return new UndoOutcome.NotFound();
                    case { Method: not PaymentMethod.BankTransfer }:
                        return new UndoOutcome.NotATransfer();
                    case { Status: PaymentStatus.Pending or PaymentStatus.Failed }:
                        return new UndoOutcome.Awaited();
                    case { UndoUntil: { } until } when now < until:
                        var seenAt = await FindDepositTimeAsync(payment, token);
                        payment.UndoDeposit(actor, now);
                        moved = payment;
                        message = database.Enqueue(new ForgetDeposit(payment.OrderNumber, seenAt));
                        // If it is being delivered just now, its handler sees that the money is awaited.
                        await database.CompleteOutboxAsync<OrderPaid>(OrderPaid.KeyOf(payment), token);
                        return new UndoOutcome.Awaited();
                    default:
                        return (UndoOutcome)new UndoOutcome.Settled(payment.Status);
                }
            },
            cancellationToken
        );
        if (moved is not null)
        {
            metrics.Moved(moved);
        }

        if (message is not null)
        {
            await outbox.TryDeliverAsync(message, cancellationToken);
        }

        return outcome;
    }

    /// <summary>When the deposit was written down, which is when order-svc was told that it has been seen.</summary>
    private Task<DateTime> FindDepositTimeAsync(Payment payment, CancellationToken cancellationToken) =>
        database
            .Set<PaymentChange>()
            .Where(change => change.PaymentId == payment.Id && change.ToStatus == PaymentStatus.Completed)
            .MaxAsync(change => change.ChangedAt, cancellationToken);

    /// <summary>Has order-svc told now rather than later.</summary>
    private async Task<OutboxMessage?> HastenAsync(
        Payment payment,
        Actor actor,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var key = OrderPaid.KeyOf(payment);
        await database.EnqueueOrHastenAsync(
            new OrderPaid(payment.Id, actor.Role, actor.UserId, actor.Reason),
            key,
            now,
            cancellationToken
        );
        return await database
            .Set<OutboxMessage>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                message =>
                    message.Type == OrderPaid.Type && message.Key == key && message.Status == OutboxStatus.Pending,
                cancellationToken
            );
    }
}
