using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

/// <summary>What comes of an administrator's word that a bank transfer has come, or has not come after all.</summary>
internal abstract record DepositOutcome
{
    private DepositOutcome() { }

    /// <summary>It is recorded.</summary>
    public sealed record Recorded : DepositOutcome;

    /// <summary>There is no such order, or no payment of it.</summary>
    public sealed record NotFound : DepositOutcome;

    /// <summary>It is refused.</summary>
    /// <param name="Why">Why.</param>
    /// <param name="Expected">How much is to be paid, in won, where that is why.</param>
    /// <param name="Status">Where the payment stands, where that is why.</param>
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
        // What is known here may be a moment old: the order may have been cancelled since, or be too new.
        var known = await payments.FindOfOrderAsync(orderId, cancellationToken);
        var order = DepositDecisions.AsksForOrder(known)
            ? await orders.FindByIdAsync(orderId, cancellationToken)
            : null;
        if (DepositDecisions.Judge(known, order, amount) is { } refusal)
        {
            return refusal;
        }

        // Before it is recorded, so that a deadline which passes until order-svc is told of it does not count.
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
    /// Has the money awaited again, as long as order-svc has not been told that it came. Repeatable: nothing happens
    /// where it has not come.
    /// </summary>
    /// <param name="orderId">The order.</param>
    /// <param name="actor">Who says so.</param>
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
