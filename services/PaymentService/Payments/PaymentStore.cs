using System.Runtime.CompilerServices;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <param name="Refusal">Null where the command did what it asked for, or had nothing to do.</param>
/// <param name="Message">The last message caused, which a caller may be waiting for.</param>
internal sealed record PaymentOutcome(PaymentDraft Draft, PaymentRefusal? Refusal, OutboxMessage? Message)
{
    public Payment Payment => Draft.Payment;
}

/// <summary>
/// Stores what <see cref="PaymentTransitions"/> decides: each change of a payment, its attempts and its refunds, with
/// history and messages, in one transaction under the payment's lock.
/// </summary>
internal sealed class PaymentStore(
    PaymentDbContext database,
    OutboxDispatcher outbox,
    PaymentReporter reporter,
    TimeProvider time
)
{
    private static readonly Func<PaymentDbContext, long, CancellationToken, Task<Payment>> s_read =
        EF.CompileAsyncQuery(
            (PaymentDbContext database, long id, CancellationToken _) =>
                database.Payments.AsNoTracking().Single(payment => payment.Id == id)
        );

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Task<Payment> ReadAsync(long paymentId, CancellationToken cancellationToken) =>
        s_read(database, paymentId, cancellationToken);

    public Task<Payment?> FindOfOrderAsync(long orderId, CancellationToken cancellationToken) =>
        database.Payments.AsNoTracking().FirstOrDefaultAsync(payment => payment.OrderId == orderId, cancellationToken);

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Task<Refund> ReadRefundAsync(long refundId, CancellationToken cancellationToken) =>
        database.Refunds.AsNoTracking().SingleAsync(refund => refund.Id == refundId, cancellationToken);

    /// <summary>Oldest first.</summary>
    public Task<List<Refund>> ReadRefundsAsync(long paymentId, CancellationToken cancellationToken) =>
        database
            .Refunds.AsNoTracking()
            .Where(refund => refund.PaymentId == paymentId)
            .OrderBy(refund => refund.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Carries out a command, again from the start if the database could not go on.</summary>
    /// <param name="now">Tells what an earlier try has stored, should the answer to its commit have got lost.</param>
    /// <returns>Null if there is no such payment.</returns>
    public async Task<PaymentOutcome?> ChangeAsync(
        PaymentKey key,
        PaymentCommand command,
        CancellationToken cancellationToken,
        DateTime? now = null
    )
    {
        var at = now ?? time.GetStorableNow();
        // After a lost answer, the decision sees what it has done, under the payment's lock.
        var outcome = await database.TransactBatchedAsync(
            (transaction, token) => ChangeAsync(transaction, key, command, at, token),
            cancellationToken
        );
        reporter.Report(outcome);
        return outcome;
    }

    /// <summary>The same in the caller's transaction; the caller reports the outcome once it is committed.</summary>
    public async Task<PaymentOutcome?> ChangeAsync(
        BatchedTransaction transaction,
        PaymentKey key,
        PaymentCommand command,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (key is PaymentKey.OfOrderOrNew(var order))
        {
            // Not looked for first: mostly there is none. If another transaction is adding it just now, this waits for
            // it.
            transaction.WriteFirst(order.ToPayment(now));
            await transaction.SendAsync(cancellationToken);
        }
        else
        {
            await transaction.OpenAsync(cancellationToken);
        }

        if (await LockAsync(key, cancellationToken) is not { } payment)
        {
            return null;
        }

        var before = await LoadAsync(payment, command, cancellationToken);
        var decision = PaymentTransitions.Decide(before, command, now);
        return decision.Refusal is { } refusal
            ? new PaymentOutcome(decision.Draft, refusal, Message: null)
            : await WriteAsync(transaction, decision.Draft, cancellationToken);
    }

    /// <summary>The payment must be locked.</summary>
    private async Task<PaymentOutcome> WriteAsync(
        BatchedTransaction transaction,
        PaymentDraft draft,
        CancellationToken cancellationToken
    )
    {
        var (payment, id) = (draft.Payment, draft.Payment.Id);
        transaction.WriteChanges("payments", PaymentColumns.Payments, draft.Before.Payment, payment, $"id = {id}");
        transaction.WriteHistory(payment);
        foreach (var (before, attempt) in draft.Before.Attempts.Zip(draft.Attempts))
        {
            transaction.WriteChanges("card_attempts", PaymentColumns.Attempts, before, attempt, $"id = {attempt.Id}");
        }

        foreach (var (before, refund) in draft.Before.Refunds.Zip(draft.Refunds))
        {
            transaction.WriteChanges("refunds", PaymentColumns.Refunds, before, refund, $"id = {refund.Id}");
        }

        foreach (var attempt in draft.Attempts.Where(attempt => attempt.Id == 0))
        {
            transaction.WriteAttempt(attempt);
            await transaction.SendAsync(cancellationToken);
        }

        foreach (var refund in draft.Refunds.Where(refund => refund.Id == 0))
        {
            // The message about the refund needs its id.
            transaction.WriteRefund(refund);
            await transaction.SendAsync(cancellationToken);
        }

        return new PaymentOutcome(draft, Refusal: null, transaction.WriteMessages(draft, outbox));
    }

    private async Task<Payment?> LockAsync(PaymentKey key, CancellationToken cancellationToken) =>
        key switch
        {
            PaymentKey.Of(var id) => await LockAsync($"id = {id}", cancellationToken),
            PaymentKey.OfOrder(var orderId) => await LockAsync($"order_id = {orderId}", cancellationToken),
            PaymentKey.OfOrderOrNew(var order) => await LockAsync($"order_id = {order.Id}", cancellationToken)
                ?? throw new InvalidOperationException($"Another order has the number {order.OrderNumber}."),
            PaymentKey.OfRefund(var refundId) => await FindPaymentIdAsync(refundId, cancellationToken) is { } paymentId
                ? await LockAsync($"id = {paymentId}", cancellationToken)
                : null,
            _ => throw new InvalidOperationException($"Unforeseen key {key}."),
        };

    private Task<long?> FindPaymentIdAsync(long refundId, CancellationToken cancellationToken) =>
        database
            .Refunds.Where(refund => refund.Id == refundId)
            .Select(refund => (long?)refund.PaymentId)
            .SingleOrDefaultAsync(cancellationToken);

    private async Task<Payment?> LockAsync(FormattableString condition, CancellationToken cancellationToken)
    {
        var sql = FormattableStringFactory.Create(
            $"SELECT * FROM payments WHERE {condition.Format} FOR UPDATE",
            condition.GetArguments()
        );
        // Read as a whole: around a subquery, what FOR UPDATE locks would be the server's choice.
        return (await database.Payments.FromSql(sql).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault();
    }

    private async Task<PaymentState> LoadAsync(
        Payment payment,
        PaymentCommand command,
        CancellationToken cancellationToken
    )
    {
        // An attempt leaves its key with the payment, and what has not been paid is not refunded.
        var attempts = payment.PaymentKey is null
            ? []
            : await database
                .CardAttempts.AsNoTracking()
                .Where(attempt => attempt.PaymentId == payment.Id)
                .OrderBy(attempt => attempt.Id)
                .ToListAsync(cancellationToken);
        var refunds =
            payment.Status is PaymentStatus.Completed or PaymentStatus.Refunded
            || command is PaymentCommand.OfRefund or PaymentCommand.RecordRefunds
                ? await ReadRefundsAsync(payment.Id, cancellationToken)
                : [];
        return new PaymentState(payment, attempts, refunds)
        {
            IsReleasing =
                command is PaymentCommand.BeginAttempt
                && attempts.Count > 0
                && await FindReleaseAsync(payment.OrderNumber, cancellationToken) is not null,
            DepositSeenAt =
                command is PaymentCommand.UndoDeposit && payment.UndoUntil is not null
                    ? await FindDepositTimeAsync(payment, cancellationToken)
                    : null,
        };
    }

    /// <summary>The pending message that releases the order.</summary>
    public Task<OutboxMessage?> FindReleaseAsync(string orderNumber, CancellationToken cancellationToken) =>
        FindPendingAsync(ReleaseHold.Type, orderNumber, cancellationToken);

    /// <summary>The pending message that tells order-svc of the money.</summary>
    public Task<OutboxMessage?> FindNewsAsync(Payment payment, CancellationToken cancellationToken) =>
        FindPendingAsync(OrderPaid.Type, OrderPaid.KeyOf(payment), cancellationToken);

    private Task<OutboxMessage?> FindPendingAsync(string type, string key, CancellationToken cancellationToken) =>
        database
            .Set<OutboxMessage>()
            .AsNoTracking()
            .FirstOrDefaultAsync(
                message => message.Type == type && message.Key == key && message.Status == OutboxStatus.Pending,
                cancellationToken
            );

    /// <summary>The time that order-svc was told for it.</summary>
    private Task<DateTime?> FindDepositTimeAsync(Payment payment, CancellationToken cancellationToken) =>
        database
            .Set<PaymentChange>()
            .Where(change => change.PaymentId == payment.Id && change.ToStatus == PaymentStatus.Completed)
            .MaxAsync(change => (DateTime?)change.ChangedAt, cancellationToken);
}

internal static class PaymentStatements
{
    /// <summary>Inserts a payment, unless its order has one.</summary>
    public static void WriteFirst(this BatchedTransaction transaction, Payment payment) =>
        transaction.Write(
            $"""
            INSERT INTO payments
                (order_id, order_number, user_id, amount, refunded_amount, method, status, depositor_name, created_at,
                 updated_at)
            VALUES
                ({payment.OrderId}, {payment.OrderNumber}, {payment.UserId}, {payment.Amount}, 0,
                 {payment.Method.ToWord()}, {payment.Status.ToWord()}, {payment.DepositorName}, {payment.CreatedAt},
                 {payment.UpdatedAt})
            ON DUPLICATE KEY UPDATE id = id
            """
        );

    public static void WriteHistory(this BatchedTransaction transaction, Payment payment)
    {
        foreach (var move in payment.History)
        {
            transaction.Write(
                $"""
                INSERT INTO payment_changes (payment_id, from_status, to_status, actor, user_id, reason, changed_at)
                VALUES ({payment.Id}, {move.FromStatus.ToWord()}, {move.ToStatus.ToWord()}, {move.Actor.ToWord()},
                    {move.UserId}, {move.Reason}, {move.ChangedAt})
                """
            );
        }
    }

    /// <summary>The attempt gets its id when the statement is sent.</summary>
    public static void WriteAttempt(this BatchedTransaction transaction, CardAttempt attempt) =>
        transaction.Write(
            $"""
            INSERT INTO card_attempts
                (payment_id, order_number, payment_key, amount, status, try, lease_until, created_at, updated_at)
            VALUES ({attempt.PaymentId}, {attempt.OrderNumber}, {attempt.PaymentKey}, {attempt.Amount},
                {attempt.Status.ToWord()}, {attempt.Try}, {attempt.LeaseUntil}, {attempt.CreatedAt}, {attempt.UpdatedAt})
            """,
            inserted: id => attempt.Id = id
        );

    /// <summary>The refund gets its id when the statement is sent.</summary>
    public static void WriteRefund(this BatchedTransaction transaction, Refund refund) =>
        transaction.Write(
            $"""
            INSERT INTO refunds
                (payment_id, amount, asked_amount, reason, status, actor, user_id, idempotency_key, try, transaction_key,
                 created_at, updated_at)
            VALUES ({refund.PaymentId}, {refund.Amount}, {refund.AskedAmount}, {refund.Reason}, {refund.Status.ToWord()},
                {refund.Actor.ToWord()}, {refund.UserId}, {refund.IdempotencyKey}, {refund.Try}, {refund.TransactionKey},
                {refund.CreatedAt}, {refund.UpdatedAt})
            """,
            inserted: id => refund.Id = id
        );

    /// <param name="outbox">Delivers what a caller waits for.</param>
    /// <returns>The last message as it is stored; null where there is none.</returns>
    public static OutboxMessage? WriteMessages(
        this BatchedTransaction transaction,
        PaymentDraft draft,
        OutboxDispatcher outbox
    )
    {
        OutboxMessage? last = null;
        foreach (var message in draft.Messages)
        {
            last = transaction.WriteMessage(draft.Payment, message, outbox) ?? last;
        }

        return last;
    }

    /// <returns>Null where a message is cancelled.</returns>
    private static OutboxMessage? WriteMessage(
        this BatchedTransaction transaction,
        Payment payment,
        PaymentMessage message,
        OutboxDispatcher outbox
    )
    {
        switch (message)
        {
            case PaymentMessage.OrderIsPaid paid:
                return transaction.Enqueue(
                    paid.Message,
                    new EnqueueOptions
                    {
                        Key = OrderPaid.KeyOf(payment),
                        NotBefore = paid.NotBefore,
                        Hastens = paid.Hastens,
                        DeliveredBy = paid.IsAwaited ? outbox : null,
                    }
                );
            case PaymentMessage.OrderIsNotPaid:
                transaction.Cancel<OrderPaid>(OrderPaid.KeyOf(payment));
                return null;
            case PaymentMessage.OrderIsReleased:
                return Hasten(new ReleaseHold(payment.OrderNumber), payment.OrderNumber);
            case PaymentMessage.OrderIsRefunded(var refunded):
                return Hasten(refunded, OrderRefunded.KeyOf(payment));
            case PaymentMessage.DepositIsForgotten(var forget):
                return transaction.Enqueue(forget, new EnqueueOptions());
            case PaymentMessage.AttemptIsSettled(var attempt):
                return transaction.EnqueueSettling(attempt.Id);
            case PaymentMessage.RefundIsSent(var refund):
                return Hasten(new SendRefund(refund.Id), SendRefund.KeyOf(refund));
            case PaymentMessage.RestIsRefunded(var rest, var notBefore):
                return Hasten(rest, RefundRest.KeyOf(payment), notBefore);
            default:
                throw new InvalidOperationException($"Unforeseen message {message}.");
        }

        OutboxMessage Hasten<TMessage>(TMessage told, string key, DateTime? notBefore = null)
            where TMessage : IOutboxMessage =>
            transaction.Enqueue(
                told,
                new EnqueueOptions
                {
                    Key = key,
                    NotBefore = notBefore,
                    Hastens = true,
                }
            );
    }
}
