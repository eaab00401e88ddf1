using System.Linq.Expressions;
using MsaShop.PaymentService.Toss;
using MySqlConnector;

namespace MsaShop.PaymentService.Cards;

internal sealed record CardState(Payment Payment, CardAttempt Attempt)
{
    /// <summary>What order-svc is to be told; the request that learned of the charge delivers it.</summary>
    public OutboxMessage? News { get; init; }

    public static CardState Of(PaymentOutcome outcome, long attemptId) =>
        new(outcome.Payment, outcome.Draft.FindAttempt(attemptId))
        {
            News = outcome.Message is { Type: var type } message && type == OrderPaid.Type ? message : null,
        };

    public static IQueryable<CardState> Find(PaymentDbContext database, Expression<Func<CardAttempt, bool>> which) =>
        database
            .CardAttempts.AsNoTracking()
            .Where(which)
            .Join(
                database.Payments,
                attempt => attempt.PaymentId,
                payment => payment.Id,
                (attempt, payment) => new CardState(payment, attempt)
            );
}

internal abstract record CardBeginning
{
    private CardBeginning() { }

    /// <summary>New: the caller goes on with it.</summary>
    public sealed record Begun(CardState State) : CardBeginning;

    /// <summary>It had been begun before.</summary>
    public sealed record Known(CardState State) : CardBeginning;

    public sealed record Refused(PaymentRefusal Why) : CardBeginning;
}

/// <summary>
/// Stores attempts to pay by card. Beginning one and recording a charge are decided on the state in which nearly all
/// attempts are found, and written guarded by it; any other state is locked, read and decided anew.
/// </summary>
internal sealed class CardStore(
    PaymentDbContext database,
    PaymentStore payments,
    IOptions<TossOptions> options,
    OutboxDispatcher outbox,
    PaymentReporter reporter,
    TimeProvider time
)
{
    private const int SweptAtOnce = 100;

    private static readonly Func<PaymentDbContext, string, string, CancellationToken, Task<bool>> s_isOfAnother =
        EF.CompileAsyncQuery(
            (PaymentDbContext database, string paymentKey, string orderNumber, CancellationToken _) =>
                database.CardAttempts.Any(attempt =>
                    attempt.PaymentKey == paymentKey && attempt.OrderNumber != orderNumber
                )
        );

    /// <summary>
    /// Begins the first attempt to pay an order of which the feed has told, without asking order-svc: the hold asks it
    /// before the card is charged.
    /// </summary>
    /// <param name="now">Identifies the attempt begun here, should the answer to the commit get lost.</param>
    /// <returns>Null where the feed's word is not enough: ask order-svc, and call <see cref="BeginAsync"/>.</returns>
    public async Task<CardState?> TryBeginAsync(
        ConfirmRequest request,
        long userId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var draft = DecideFirst(request, userId, now);
        var (payment, attempt) = (draft.Payment, draft.Attempts[^1]);
        try
        {
            var begun = await database.TransactBatchedAsync(
                (transaction, _) =>
                {
                    transaction.WriteFirstAttempt(payment, attempt);
                    // If the answer to the commit was lost, this finds what that commit stored.
                    return transaction.ReadAndCommitAsync(
                        $"""
                        SELECT a.id, p.id, p.order_id
                        FROM card_attempts a JOIN payments p ON p.id = a.payment_id
                        WHERE a.payment_key = {attempt.PaymentKey} AND a.order_number = {attempt.OrderNumber}
                            AND a.created_at = {now} AND a.status = {attempt.Status.ToWord()}
                        """,
                        row => (AttemptId: row.GetInt64(0), PaymentId: row.GetInt64(1), OrderId: row.GetInt64(2))
                    );
                },
                cancellationToken
            );
            if (begun is not [var ids])
            {
                return null;
            }

            (attempt.Id, attempt.PaymentId) = (ids.AttemptId, ids.PaymentId);
            (payment.Id, payment.OrderId) = (ids.PaymentId, ids.OrderId);
            return new CardState(payment, attempt);
        }
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            // The key belongs to another order.
            return null;
        }
    }

    /// <summary>Begins to pay an order with a key, unless that has begun, or another key is in its way.</summary>
    /// <param name="now">Identifies the attempt begun here, should the answer to the commit get lost.</param>
    public async Task<CardBeginning> BeginAsync(
        ShopOrder order,
        string paymentKey,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        // A closed order gets no new payment; it has one if it was paid, or somebody tried.
        PaymentKey key =
            order.Status == OrderStatus.Pending ? new PaymentKey.OfOrderOrNew(order) : new PaymentKey.OfOrder(order.Id);
        PaymentOutcome? outcome = null;
        try
        {
            if (!await s_isOfAnother(database, paymentKey, order.OrderNumber, cancellationToken))
            {
                outcome = await payments.ChangeAsync(key, BeginOf(order, paymentKey), cancellationToken, now);
            }
        }
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            // Another order took the key meanwhile.
        }

        if (outcome is null or { Refusal: not null })
        {
            return new CardBeginning.Refused(outcome?.Refusal ?? PaymentRefusal.NotPayable);
        }

        var attempt = outcome.Draft.Attempts.Single(attempt => attempt.PaymentKey == paymentKey);
        var state = new CardState(outcome.Payment, attempt);
        return attempt.Status == CardAttemptStatus.Confirming && attempt.CreatedAt == now
            ? new CardBeginning.Begun(state)
            : new CardBeginning.Known(state);
    }

    public Task<CardState?> FindAsync(long attemptId, CancellationToken cancellationToken) =>
        CardState.Find(database, attempt => attempt.Id == attemptId).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Stores what the request that began the attempt learned.</summary>
    public async Task<CardState> WriteAsync(
        CardState begun,
        CardOutcome outcome,
        CancellationToken cancellationToken
    ) =>
        (outcome is CardOutcome.Charged ? await TryWriteChargedAsync(begun, cancellationToken) : null)
        ?? await SettleAsync(begun.Attempt, outcome, cancellationToken, byRequest: true);

    /// <summary>Stores what the background learned, or the request that began the attempt.</summary>
    public async Task<CardState> SettleAsync(
        CardAttempt attempt,
        CardOutcome outcome,
        CancellationToken cancellationToken,
        bool byRequest = false
    )
    {
        var changed =
            await payments.ChangeAsync(
                new PaymentKey.Of(attempt.PaymentId),
                outcome.ToCommand(attempt.Id, byRequest),
                cancellationToken
            ) ?? throw new InvalidOperationException($"Payment {attempt.PaymentId} is gone.");
        return CardState.Of(changed, attempt.Id);
    }

    /// <summary>Has attempts settled whose requests overran their lease.</summary>
    public async Task SettleAbandonedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var isAny = await database.CardAttempts.AnyAsync(
            attempt => attempt.Status == CardAttemptStatus.Confirming && attempt.LeaseUntil < now,
            cancellationToken
        );
        if (!isAny)
        {
            return;
        }

        // A repeat finds those that are left.
        await database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                var abandoned = await transaction.ReadAsync(
                    $"""
                    SELECT id FROM card_attempts
                    WHERE status = {CardAttemptStatus.Confirming.ToWord()} AND lease_until < {now}
                    LIMIT {SweptAtOnce} FOR UPDATE SKIP LOCKED
                    """,
                    row => row.GetInt64(0),
                    token
                );
                foreach (var id in abandoned)
                {
                    transaction.Write($"UPDATE card_attempts SET lease_until = NULL WHERE id = {id}");
                    transaction.EnqueueSettling(id);
                }

                return abandoned.Count;
            },
            cancellationToken
        );
    }

    /// <returns>Null where attempt or payment has changed meanwhile; nothing is written then.</returns>
    private async Task<CardState?> TryWriteChargedAsync(CardState begun, CancellationToken cancellationToken)
    {
        var (before, attempt) = (new PaymentState(begun.Payment, [begun.Attempt], []), begun.Attempt);
        var decision = PaymentTransitions.Decide(
            before,
            new PaymentCommand.Charged(attempt.Id, ByRequest: true),
            time.GetStorableNow()
        );
        var draft = decision.Draft;
        OutboxMessage? news = null;
        bool isWritten;
        try
        {
            isWritten = await database.TransactBatchedAsync(
                async (transaction, token) =>
                {
                    var rows = transaction.WriteCharged(draft);
                    news = transaction.WriteMessages(draft, outbox);
                    if (await transaction.SendAsync(token) != rows + draft.Messages.Count)
                    {
                        transaction.Abandon();
                        return false;
                    }

                    return true;
                },
                cancellationToken,
                wasDone: token =>
                    database.CardAttempts.AnyAsync(
                        stored =>
                            stored.Id == attempt.Id
                            && stored.Status == CardAttemptStatus.Done
                            && stored.UpdatedAt == draft.Now,
                        token
                    )
            );
        }
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            // Somebody else learned of the charge first, and stored what is to be told.
            isWritten = false;
        }

        if (!isWritten)
        {
            return null;
        }

        var outcome = new PaymentOutcome(draft, Refusal: null, news);
        reporter.Report(outcome);
        return CardState.Of(outcome, attempt.Id);
    }

    /// <summary>Decides the first attempt on an order that is as it was placed.</summary>
    private PaymentDraft DecideFirst(ConfirmRequest request, long userId, DateTime now)
    {
        var order = new ShopOrder(
            Id: 0,
            request.OrderId,
            userId,
            OrderStatus.Pending,
            request.Amount,
            PaymentMethod.Card,
            DepositorName: null,
            PayBy: null,
            Held: false,
            now
        );
        var decision = PaymentTransitions.Decide(
            new PaymentState(order.ToPayment(now), [], []),
            BeginOf(order, request.PaymentKey),
            now
        );
        return decision.Refusal is null
            ? decision.Draft
            : throw new InvalidOperationException($"A first attempt is refused: {decision.Refusal}.");
    }

    private PaymentCommand.BeginAttempt BeginOf(ShopOrder order, string paymentKey) =>
        new(order, paymentKey, options.Value.StepTimeout);
}

/// <summary>What is written when an order is paid by card and nothing is in the way.</summary>
internal static class CardStatements
{
    /// <summary>Neither of them where the feed told of no such order, or the order has a payment already.</summary>
    public static void WriteFirstAttempt(this BatchedTransaction transaction, Payment payment, CardAttempt attempt)
    {
        transaction.Write(
            $"""
            INSERT IGNORE INTO payments
                (order_id, order_number, user_id, amount, refunded_amount, method, status, payment_key, created_at,
                 updated_at)
            SELECT order_id, order_number, user_id, amount, 0, {payment.Method.ToWord()}, {payment.Status.ToWord()},
                {payment.PaymentKey}, {payment.CreatedAt}, {payment.UpdatedAt}
            FROM awaited_cards
            WHERE order_number = {payment.OrderNumber} AND user_id = {payment.UserId} AND amount = {payment.Amount}
            """
        );
        transaction.Write(
            $"""
            INSERT INTO card_attempts
                (payment_id, order_number, payment_key, amount, status, try, lease_until, created_at, updated_at)
            SELECT id, order_number, payment_key, amount, {attempt.Status.ToWord()}, {attempt.Try}, {attempt.LeaseUntil},
                {attempt.CreatedAt}, {attempt.UpdatedAt}
            FROM payments
            WHERE ROW_COUNT() = 1 AND id = LAST_INSERT_ID()
            """
        );
    }

    /// <summary>Writes the charge if attempt and payment are as they were.</summary>
    /// <returns>How many rows that writes, if they are.</returns>
    public static int WriteCharged(this BatchedTransaction transaction, PaymentDraft draft)
    {
        var (payment, before) = (draft.Before.Payment, draft.Before.Attempts.Single());
        transaction.WriteChanges(
            "card_attempts",
            PaymentColumns.Attempts,
            before,
            draft.Attempts.Single(),
            $"id = {before.Id} AND status = {before.Status.ToWord()}"
        );
        transaction.WriteChanges(
            "payments",
            PaymentColumns.Payments,
            payment,
            draft.Payment,
            $"id = {payment.Id} AND status = {payment.Status.ToWord()} AND payment_key = {payment.PaymentKey}"
        );
        transaction.WriteHistory(draft.Payment);
        return 2 + draft.Payment.History.Count;
    }

    public static OutboxMessage EnqueueSettling(
        this BatchedTransaction transaction,
        long attemptId,
        DateTime? notBefore = null
    ) =>
        transaction.Enqueue(
            new SettleCard(attemptId),
            new EnqueueOptions
            {
                Key = SettleCard.KeyOf(attemptId),
                NotBefore = notBefore,
                Hastens = true,
            }
        );
}
