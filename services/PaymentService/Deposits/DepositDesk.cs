namespace MsaShop.PaymentService.Deposits;

internal abstract record DepositOutcome
{
    private DepositOutcome() { }

    public sealed record Recorded : DepositOutcome;

    /// <summary>There is no such order, or it has no payment.</summary>
    public sealed record NotFound : DepositOutcome;

    /// <summary>Refused; with the amount due, in won, or the payment's status, where that is why.</summary>
    public sealed record Refused(PaymentRefusal Why, decimal Expected = 0, PaymentStatus? Status = null)
        : DepositOutcome;
}

/// <summary>
/// Records bank transfers seen on the shop's account. What is recorded stays when the caller gives up.
/// </summary>
internal sealed class DepositDesk(
    PaymentStore payments,
    OrderClient orders,
    OutboxDispatcher outbox,
    IOptions<DepositOptions> terms,
    TimeProvider time
)
{
    /// <summary>
    /// Completes the order's payment and tells order-svc: at once, or when undoing is over. Repeatable; repeated
    /// without <paramref name="undoable"/>, order-svc is told at once.
    /// </summary>
    /// <param name="depositorName">Null for the name that was announced.</param>
    /// <param name="amount">In won; null for the amount due.</param>
    /// <param name="undoable">
    /// Ignored where the order has to be paid by then: told too late, order-svc would have cancelled it.
    /// </param>
    public async Task<DepositOutcome> RecordAsync(
        long orderId,
        string? depositorName,
        decimal? amount,
        bool undoable,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // The payment known here may be a moment old: the order may have been cancelled since, or be too new.
        var known = await payments.FindOfOrderAsync(orderId, cancellationToken);
        var order = DepositDecisions.AsksForOrder(known)
            ? await orders.FindByIdAsync(orderId, cancellationToken)
            : null;
        if (DepositDecisions.Judge(known, order, amount) is { } refusal)
        {
            return refusal;
        }

        // Told before it is recorded, so that a deadline which passes in between does not count.
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
        var outcome = await DoAsync(key, deposit, now, cancellationToken);
        return outcome is DepositOutcome.Refused(PaymentRefusal.NotSeen, _, _)
            ? await RecordAsync(orderId, depositorName, amount, undoable, actor, cancellationToken)
            : outcome;
    }

    /// <summary>Awaits the money again, unless order-svc has been told that it came. Repeatable.</summary>
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
        var outcome = await payments.ChangeAsync(key, command, cancellationToken, now);
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
