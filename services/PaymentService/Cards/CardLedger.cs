using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults.Http;
using MySqlConnector;

namespace MsaShop.PaymentService.Cards;

/// <summary>An attempt and its payment, as they are stored.</summary>
internal sealed record CardState(Payment Payment, CardAttempt Attempt)
{
    /// <summary>What order-svc is to be told of it, for the request that has found out to deliver.</summary>
    public OutboxMessage? News { get; init; }
}

/// <summary>
/// Writes attempts to pay by card down: each change in one transaction that has the order's payment for itself, together
/// with the messages it causes. Everything may be repeated.
/// </summary>
internal sealed class CardLedger(
    PaymentDbContext database,
    IOptions<TossOptions> options,
    OutboxDispatcher outbox,
    PaymentMetrics metrics,
    TimeProvider time
)
{
    private static readonly Actor s_charged = Actor.Shop("Toss charged the card.");

    private static readonly Func<PaymentDbContext, string, string, CancellationToken, Task<bool>> s_isOfAnother =
        EF.CompileAsyncQuery(
            (PaymentDbContext database, string paymentKey, string orderNumber, CancellationToken _) =>
                database.CardAttempts.Any(attempt =>
                    attempt.PaymentKey == paymentKey && attempt.OrderNumber != orderNumber
                )
        );

    private static readonly Func<PaymentDbContext, long, CancellationToken, Task<CardAttempt>> s_read =
        EF.CompileAsyncQuery(
            (PaymentDbContext database, long id, CancellationToken _) =>
                database.CardAttempts.Single(attempt => attempt.Id == id)
        );

    /// <summary>
    /// Begins the first attempt to pay an order of which the feed has told: without a question to order-svc, which is asked
    /// before the card is charged anyway.
    /// </summary>
    /// <param name="request">What the shopper wants.</param>
    /// <param name="userId">The shopper.</param>
    /// <param name="now">What shows, should the answer to the commit get lost, that an attempt is the one begun here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where that cannot be told from here: ask order-svc, and <see cref="BeginAsync"/>.</returns>
    public async Task<CardState?> TryBeginAsync(
        ConfirmRequest request,
        long userId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var attempt = CreateAttempt(request.OrderId, request.PaymentKey, request.Amount, now);
        try
        {
            var begun = await database.TransactBatchedAsync(
                (transaction, _) =>
                {
                    transaction.WriteFirstAttempt(userId, attempt);
                    // Where the answer to the commit got lost, this finds what it has left.
                    return transaction.ReadAndCommitAsync(
                        $"""
                        SELECT a.id, p.id, p.order_id
                        FROM card_attempts a JOIN payments p ON p.id = a.payment_id
                        WHERE a.payment_key = {attempt.PaymentKey} AND a.order_number = {attempt.OrderNumber}
                            AND a.created_at = {now} AND a.status = {CardAttemptStatus.Confirming.ToWord()}
                        """,
                        row => (AttemptId: row.GetInt64(0), PaymentId: row.GetInt64(1), OrderId: row.GetInt64(2))
                    );
                },
                // Done again, it finds what it has left, and changes nothing.
                wasDone: _ => Task.FromResult(false),
                cancellationToken
            );
            if (begun is not [var ids])
            {
                return null;
            }

            (attempt.Id, attempt.PaymentId) = (ids.AttemptId, ids.PaymentId);
            var payment = new Payment
            {
                Id = ids.PaymentId,
                OrderId = ids.OrderId,
                OrderNumber = attempt.OrderNumber,
                UserId = userId,
                Amount = attempt.Amount,
                Method = PaymentMethod.Card,
                PaymentKey = attempt.PaymentKey,
                CreatedAt = now,
                UpdatedAt = now,
            };
            return new CardState(payment, attempt);
        }
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            // The key belongs to another order.
            return null;
        }
    }

    /// <summary>Begins to pay an order with a key, unless that has been begun, or another key is in its way.</summary>
    /// <param name="order">The order.</param>
    /// <param name="paymentKey">Toss's key.</param>
    /// <param name="now">What shows, should the answer to the commit get lost, that an attempt is the one begun here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CardBeginning> BeginAsync(
        ShopOrder order,
        string paymentKey,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await database.TransactAsync(
                token => BeginOrLookAsync(order, paymentKey, now, token),
                cancellationToken
            );
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateKey())
        {
            // Another order took the key meanwhile; now it can be seen.
            return await database.TransactAsync(
                token => BeginOrLookAsync(order, paymentKey, now, token),
                cancellationToken
            );
        }
    }

    /// <summary>The attempt as it is now.</summary>
    public async Task<CardState?> FindAsync(long attemptId, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        return await database
            .CardAttempts.AsNoTracking()
            .Where(attempt => attempt.Id == attemptId)
            .Join(
                database.Payments,
                attempt => attempt.PaymentId,
                payment => payment.Id,
                (attempt, payment) => new CardState(payment, attempt)
            )
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Writes down what the request that began an attempt has found out.</summary>
    /// <param name="begun">What it began.</param>
    /// <param name="outcome">What is known of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CardState> WriteAsync(CardState begun, CardOutcome outcome, CancellationToken cancellationToken)
    {
        // Mostly nobody else has been at it meanwhile, which the update finds out by itself: no look, no lock.
        if (outcome is CardOutcome.Charged && await TryWriteChargedAsync(begun, cancellationToken) is { } charged)
        {
            return charged;
        }

        return await WriteAsync(
            token => LockAsync(begun.Attempt, token),
            outcome,
            isSettling: false,
            cancellationToken
        );
    }

    private async Task<CardState?> TryWriteChargedAsync(CardState begun, CancellationToken cancellationToken)
    {
        var (payment, attempt) = begun;
        var now = time.GetStorableNow();
        OutboxMessage? news = null;
        bool isWritten;
        try
        {
            isWritten = await database.TransactBatchedAsync(
                async (transaction, token) =>
                {
                    transaction.WriteCharged(attempt, s_charged, now);
                    // The shopper is waiting for it.
                    news = transaction.WriteReserved(OrderPaid.ByCard(payment), outbox, OrderPaid.KeyOf(payment));
                    if (await transaction.SendAsync(token) != CardStatements.ChargedRows + 1)
                    {
                        transaction.Abandon();
                        return false;
                    }

                    news.Id = transaction.LastInsertedId;
                    return true;
                },
                wasDone: token =>
                    database.CardAttempts.AnyAsync(
                        stored =>
                            stored.Id == attempt.Id
                            && stored.Status == CardAttemptStatus.Done
                            && stored.UpdatedAt == now,
                        token
                    ),
                cancellationToken
            );
        }
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            // Whoever found out before has written down what is to be told of it.
            isWritten = false;
        }

        if (!isWritten)
        {
            return null;
        }

        (attempt.Status, attempt.LeaseUntil, attempt.UpdatedAt) = (CardAttemptStatus.Done, null, now);
        payment.Move(PaymentStatus.Completed, s_charged, now);
        metrics.Moved(payment);
        return begun with { News = news };
    }

    /// <summary>Writes down what the background has found out; what has an outcome keeps it, except that charged is charged.</summary>
    /// <param name="attempt">The attempt, whose message takes care of itself.</param>
    /// <param name="outcome">What is known of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CardState> SettleAsync(CardAttempt attempt, CardOutcome outcome, CancellationToken cancellationToken) =>
        WriteAsync(token => LockAsync(attempt, token), outcome, isSettling: true, cancellationToken);

    private async Task<CardState> WriteAsync(
        Func<CancellationToken, Task<CardState>> find,
        CardOutcome outcome,
        bool isSettling,
        CancellationToken cancellationToken
    )
    {
        var (state, hasMoved) = await database.TransactAsync(
            async token =>
            {
                var found = await find(token);
                var before = found.Payment.Status;
                var news = await ApplyAsync(found, outcome, isSettling, token);
                return (found with { News = news }, found.Payment.Status != before);
            },
            cancellationToken
        );
        if (hasMoved)
        {
            metrics.Moved(state.Payment);
        }

        return state;
    }

    private async Task<CardState> LockAsync(CardAttempt known, CancellationToken cancellationToken)
    {
        var payment =
            await database.LockPaymentAsync(known.PaymentId, cancellationToken)
            ?? throw new InvalidOperationException($"Payment {known.PaymentId} is gone.");
        return new CardState(payment, await s_read(database, known.Id, cancellationToken));
    }

    private async Task<CardBeginning> BeginOrLookAsync(
        ShopOrder order,
        string paymentKey,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var isOfAnotherOrder = await s_isOfAnother(database, paymentKey, order.OrderNumber, cancellationToken);
        if (isOfAnotherOrder)
        {
            return new CardBeginning.NotPayable();
        }

        // A closed order leaves no trace here, except where it has been paid, or paying it has been tried.
        var payment =
            order.Status == OrderStatus.Pending
                ? await database.LockOrAddPaymentAsync(order.ToPayment(now), cancellationToken)
                : await database.LockPaymentOfOrderAsync(order.Id, cancellationToken);
        if (payment is null)
        {
            return new CardBeginning.NotPayable();
        }

        // An attempt leaves its key with the payment; mostly there has been none.
        var attempts = payment.PaymentKey is null
            ? []
            : await database
                .CardAttempts.Where(attempt => attempt.PaymentId == payment.Id)
                .ToListAsync(cancellationToken);
        if (attempts.SingleOrDefault(attempt => attempt.PaymentKey == paymentKey) is { } own)
        {
            return own.Status == CardAttemptStatus.Confirming && own.CreatedAt == now
                ? new CardBeginning.Begun(new CardState(payment, own))
                : new CardBeginning.Known(payment, own);
        }

        if (attempts.Any(attempt => attempt.Status == CardAttemptStatus.Confirming))
        {
            return new CardBeginning.InProgress();
        }

        if (
            payment.Status is not (PaymentStatus.Pending or PaymentStatus.Failed)
            || order.Status != OrderStatus.Pending
        )
        {
            return new CardBeginning.NotPayable();
        }

        // Only an attempt that failed lets the order go.
        if (attempts.Count > 0 && await FindReleaseAsync(order.OrderNumber, cancellationToken) is { } release)
        {
            return new CardBeginning.StillReleasing(release);
        }

        return new CardBeginning.Begun(AddAttempt(payment, paymentKey, now));
    }

    private Task<OutboxMessage?> FindReleaseAsync(string orderNumber, CancellationToken cancellationToken) =>
        database
            .Set<OutboxMessage>()
            .AsNoTracking()
            .FirstOrDefaultAsync(
                message =>
                    message.Type == ReleaseHold.Type
                    && message.Key == orderNumber
                    && message.Status == OutboxStatus.Pending,
                cancellationToken
            );

    private CardAttempt CreateAttempt(string orderNumber, string paymentKey, decimal amount, DateTime now) =>
        new()
        {
            OrderNumber = orderNumber,
            PaymentKey = paymentKey,
            Amount = amount,
            // Whatever becomes of the request: from then on others see to it.
            LeaseUntil = now + options.Value.StepTimeout,
            CreatedAt = now,
            UpdatedAt = now,
        };

    private CardState AddAttempt(Payment payment, string paymentKey, DateTime now)
    {
        var attempt = CreateAttempt(payment.OrderNumber, paymentKey, payment.Amount, now);
        attempt.PaymentId = payment.Id;
        database.Add(attempt);
        payment.PaymentKey = paymentKey;
        payment.UpdatedAt = now;
        if (payment.Status == PaymentStatus.Failed)
        {
            var shopper = new Actor(PaymentActor.Customer, payment.UserId, "Another try to pay by card.");
            payment.Move(PaymentStatus.Pending, shopper, now);
        }

        return new CardState(payment, attempt);
    }

    /// <returns>What order-svc is to be told, where the caller is to do that.</returns>
    private async Task<OutboxMessage?> ApplyAsync(
        CardState found,
        CardOutcome outcome,
        bool isSettling,
        CancellationToken cancellationToken
    )
    {
        var (payment, attempt) = found;
        var now = time.GetStorableNow();
        OutboxMessage? news = null;
        switch (outcome)
        {
            case CardOutcome.Charged when attempt.Status != CardAttemptStatus.Done:
                if (payment.Status is not (PaymentStatus.Pending or PaymentStatus.Failed))
                {
                    // Paid otherwise: the background gives this charge back.
                    if (!isSettling)
                    {
                        await SettleSoonAsync(attempt, now, cancellationToken);
                    }

                    return null;
                }

                attempt.Status = CardAttemptStatus.Done;
                (attempt.TossCode, attempt.TossMessage) = (null, null);
                payment.PaymentKey = attempt.PaymentKey;
                payment.Move(PaymentStatus.Completed, s_charged, now);
                var paid = OrderPaid.ByCard(payment);
                if (isSettling)
                {
                    database.Enqueue(paid, OrderPaid.KeyOf(payment));
                }
                else
                {
                    // The shopper is waiting for it.
                    news = database.EnqueueReserved(paid, outbox, OrderPaid.KeyOf(payment));
                }

                break;

            case CardOutcome.NotCharged(var failure) when attempt.Status == CardAttemptStatus.Confirming:
                attempt.Status = CardAttemptStatus.Refused;
                attempt.TossCode = Shorten(failure?.Code, 100);
                attempt.TossMessage = Shorten(failure?.Message, 510);
                if (payment.Status == PaymentStatus.Pending && payment.PaymentKey == attempt.PaymentKey)
                {
                    var why = failure is null ? "The order could not be held." : $"Toss: {failure.Code}.";
                    payment.Move(PaymentStatus.Failed, Actor.Shop(Shorten(why, 200)!), now);
                    await database.EnqueueOrHastenAsync(
                        new ReleaseHold(payment.OrderNumber),
                        payment.OrderNumber,
                        cancellationToken: cancellationToken
                    );
                }

                break;

            case CardOutcome.Unknown(var wasAnswered) when attempt.Status == CardAttemptStatus.Confirming:
                attempt.Try += wasAnswered ? 1 : 0;
                break;

            default:
                return null;
        }

        attempt.LeaseUntil = null;
        attempt.UpdatedAt = now;
        if (isSettling)
        {
            return null;
        }

        if (attempt.Status == CardAttemptStatus.Confirming)
        {
            await SettleSoonAsync(attempt, now, cancellationToken);
        }

        return news;
    }

    private Task SettleSoonAsync(CardAttempt attempt, DateTime now, CancellationToken cancellationToken) =>
        database.EnqueueOrHastenAsync(new SettleCard(attempt.Id), SettleCard.KeyOf(attempt), now, cancellationToken);

    private static string? Shorten(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..length];
}

/// <summary>What came of the wish to begin.</summary>
internal abstract record CardBeginning
{
    private CardBeginning() { }

    /// <summary>Begun; it is for the caller to go on.</summary>
    public sealed record Begun(CardState State) : CardBeginning;

    /// <summary>It had been begun before.</summary>
    public sealed record Known(Payment Payment, CardAttempt Attempt) : CardBeginning;

    /// <summary>Another key may be charging the card just now.</summary>
    public sealed record InProgress : CardBeginning;

    /// <summary>The order cannot be paid by card, or not with this key.</summary>
    public sealed record NotPayable : CardBeginning;

    /// <summary>The order is being let go after an earlier attempt; begun now, this one would lose its hold.</summary>
    public sealed record StillReleasing(OutboxMessage Release) : CardBeginning;
}
