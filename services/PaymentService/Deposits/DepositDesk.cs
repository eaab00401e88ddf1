using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

/// <summary>How an administrator's report of a bank transfer ends.</summary>
internal abstract record DepositOutcome
{
    private DepositOutcome() { }

    public sealed record Recorded : DepositOutcome;

    /// <summary>No such order, or no payment of it.</summary>
    public sealed record NotFound : DepositOutcome;

    /// <param name="Expected">The amount to be paid, in won, if that is the reason.</param>
    /// <param name="Status">The payment's status, if that is the reason.</param>
    public sealed record Refused(PaymentRefusal Why, decimal Expected = 0, PaymentStatus? Status = null)
        : DepositOutcome;
}

/// <summary>Records bank transfers that an administrator has seen on the shop's account.</summary>
internal sealed class DepositDesk(
    PaymentStore payments,
    OrderClient orders,
    OutboxDispatcher outbox,
    IOptions<DepositOptions> terms,
    TimeProvider time
)
{
    /// <summary>
    /// Completes the order's payment and tells order-svc: at once, or once the deposit can no longer be undone. Repeatable;
    /// a repeat without <paramref name="undoable"/> tells order-svc at once.
    /// </summary>
    /// <param name="depositorName">Null for the announced name.</param>
    /// <param name="amount">In won; null for the expected amount.</param>
    /// <param name="undoable">
    /// Whether it can be undone for a while. If the order's deadline comes first it cannot: order-svc would cancel the order
    /// before it is told.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; what is recorded stays.</param>
    public async Task<DepositOutcome> RecordAsync(
        long orderId,
        string? depositorName,
        decimal? amount,
        bool undoable,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        DepositOutcome outcome;
        do
        {
            outcome = await TryRecordAsync(orderId, depositorName, amount, undoable, actor, cancellationToken);
        } while (outcome is DepositOutcome.Refused(PaymentRefusal.NotSeen, _, _));

        return outcome;
    }

    private async Task<DepositOutcome> TryRecordAsync(
        long orderId,
        string? depositorName,
        decimal? amount,
        bool undoable,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // This may be out of date: the order may have been cancelled since, or be too new.
        var known = await payments.FindOfOrderAsync(orderId, cancellationToken);
        var order = DepositDecisions.AsksForOrder(known)
            ? await orders.FindByIdAsync(orderId, cancellationToken)
            : null;
        if (DepositDecisions.Judge(known, order, amount) is { } refusal)
        {
            return refusal;
        }

        // Taken before it is recorded, so that a deadline that passes before order-svc is told does not count.
        var now = time.GetStorableNow();
        if (
            order?.Status == OrderStatus.Pending
            && !await orders.SeeDepositAsync(order.OrderNumber, now, cancellationToken)
        )
        {
            return new DepositOutcome.Refused(PaymentRefusal.NotPayable);
        }

        var deposit = new PaymentCommand.RecordDeposit(
            depositorName,
            amount,
            undoable,
            undoable ? DepositDecisions.UndoUntil(order, now + terms.Value.UndoWindow) : null,
            IsSeen: order is not null,
            SeenSince: known?.UpdatedAt,
            actor
        );
        PaymentKey key = order is null ? new PaymentKey.OfOrder(orderId) : new PaymentKey.OfOrderOrNew(order);
        return await DoAsync(key, deposit, now, cancellationToken);
    }

    /// <summary>
    /// Undoes a deposit that order-svc has not been told of. Repeatable; without a deposit nothing happens.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; what is recorded stays.</param>
    public Task<DepositOutcome> UndoAsync(long orderId, Actor actor, CancellationToken cancellationToken) =>
        DoAsync(
            new PaymentKey.OfOrder(orderId),
            new PaymentCommand.UndoDeposit(actor),
            time.GetStorableNow(),
            cancellationToken
        );

    private async Task<DepositOutcome> DoAsync(
        PaymentKey key,
        PaymentCommand command,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var outcome = await payments.ChangeAsync(key, command, now, cancellationToken);
        if (outcome is null)
        {
            return new DepositOutcome.NotFound();
        }

        if (outcome.Refusal is { } why)
        {
            return new DepositOutcome.Refused(why, outcome.Payment.Amount, outcome.Payment.Status);
        }

        if (outcome is { Message: { } message, Payment.UndoUntil: null })
        {
            await outbox.DeliverNowAsync(message, cancellationToken);
        }

        return new DepositOutcome.Recorded();
    }
}
