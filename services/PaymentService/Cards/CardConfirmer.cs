using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

/// <summary>Charges a card for an order. If it is cut off, <see cref="SettleCard"/> carries on.</summary>
internal sealed class CardConfirmer(
    CardStore cards,
    PaymentStore payments,
    OrderClient orders,
    TossClient toss,
    OrderNotifier notifier,
    OutboxDispatcher outbox,
    TimeProvider time,
    ILogger<CardConfirmer> logger
)
{
    /// <param name="cancellationToken">Counts until the attempt is stored; then the charge is carried through.</param>
    public async Task<CardConfirmation> ConfirmAsync(
        ConfirmRequest request,
        long userId,
        CancellationToken cancellationToken
    )
    {
        // 1. Recorded before any side effect: from here on a shopper who closes the page stops nothing.
        var (begun, answer) = await BeginAsync(request, userId, cancellationToken);
        if (begun is null)
        {
            return answer!;
        }

        // 2. The order is held, so that it neither is cancelled nor expires while its card is charged.
        var attempt = begun.Attempt;
        var isHeld = await TryHoldAsync(attempt);

        // 3. Toss charges the card.
        var outcome =
            CardDecisions.AfterHold(isHeld, attempt, time.GetStorableNow())
            ?? CardOutcome.Of(attempt, await toss.ConfirmAsync(attempt, CancellationToken.None));

        // 4. The outcome is stored, and order-svc told.
        return await DescribeAsync(await cards.WriteAsync(begun, outcome, CancellationToken.None));
    }

    /// <returns>The attempt that has begun, or the answer where none has.</returns>
    private async Task<(CardState? Begun, CardConfirmation? Answer)> BeginAsync(
        ConfirmRequest request,
        long userId,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        if (await cards.TryBeginAsync(request, userId, now, cancellationToken) is { } first)
        {
            return (first, null);
        }

        var order = await orders.FindAsync(request.OrderId, cancellationToken);
        if (CardDecisions.Judge(order, request, userId) is { } refusal)
        {
            return (null, refusal);
        }

        var beginning = await cards.BeginAsync(order!, request.PaymentKey, now, cancellationToken);
        if (
            beginning is CardBeginning.Refused(PaymentRefusal.StillReleasing)
            && await payments.FindReleaseAsync(request.OrderId, cancellationToken) is { } release
        )
        {
            await outbox.DeliverNowAsync(release, cancellationToken);
            beginning = await cards.BeginAsync(order!, request.PaymentKey, now, cancellationToken);
        }

        return beginning switch
        {
            CardBeginning.Begun(var begun) => (begun, null),
            CardBeginning.Known(var known) => (null, await DescribeAsync(known)),
            CardBeginning.Refused(PaymentRefusal.NotPayable) => (null, new CardConfirmation.NotPayable()),
            _ => (null, new CardConfirmation.InProgress()),
        };
    }

    /// <returns>Null where order-svc does not answer.</returns>
    private async Task<bool?> TryHoldAsync(CardAttempt attempt)
    {
        try
        {
            return await orders.HoldAsync(attempt.OrderNumber, attempt.Id, CancellationToken.None);
        }
        catch (Exception exception) when (exception.IsServiceFailure())
        {
            logger.LogWarning(
                exception,
                "Order {OrderNumber} could not be held; its card will be charged once it is",
                attempt.OrderNumber
            );
            return null;
        }
    }

    private async Task<CardConfirmation> DescribeAsync(CardState state)
    {
        var (payment, attempt) = state;
        return attempt.Status switch
        {
            CardAttemptStatus.Confirming => new CardConfirmation.Checking(payment, attempt),
            CardAttemptStatus.Refused when attempt.TossCode is null => new CardConfirmation.NotPayable(),
            CardAttemptStatus.Refused when attempt.IsExpired() => new CardConfirmation.Expired(attempt),
            CardAttemptStatus.Refused when attempt.IsOfShopAtFault() => new CardConfirmation.Unavailable(),
            CardAttemptStatus.Refused => new CardConfirmation.Refused(attempt),
            _ => new CardConfirmation.Paid(await TellOrderAsync(state.News, payment), attempt),
        };
    }

    /// <summary>
    /// Tells order-svc now, so that the shopper sees the order confirmed; else the outbox tells it later.
    /// </summary>
    /// <returns>The payment as it is afterwards.</returns>
    private async Task<Payment> TellOrderAsync(OutboxMessage? news, Payment payment)
    {
        var isAsItWas = false;
        if (news is not null)
        {
            isAsItWas = true;
            await outbox.DeliverNowAsync(
                news,
                CancellationToken.None,
                async token =>
                {
                    isAsItWas = await notifier.TellAsync(OrderPaid.ByCard(payment), payment, token);
                    return Delivery.Done;
                }
            );
        }
        else if (await payments.FindNewsAsync(payment, CancellationToken.None) is { } message)
        {
            // An earlier request or the background learned of the charge and has not told order-svc yet.
            await outbox.DeliverNowAsync(message, CancellationToken.None);
        }

        return isAsItWas ? payment : await payments.ReadAsync(payment.Id, CancellationToken.None);
    }
}

internal abstract record CardConfirmation
{
    private CardConfirmation() { }

    public sealed record Paid(Payment Payment, CardAttempt Attempt) : CardConfirmation;

    public sealed record Checking(Payment Payment, CardAttempt Attempt) : CardConfirmation;

    public sealed record Refused(CardAttempt Attempt) : CardConfirmation;

    /// <summary>Not charged: Toss does not serve the shop as it is set up.</summary>
    public sealed record Unavailable : CardConfirmation;

    /// <summary>Not charged, because it was not confirmed in time.</summary>
    public sealed record Expired(CardAttempt Attempt) : CardConfirmation;

    /// <summary>There is no such order, or it is someone else's.</summary>
    public sealed record OrderNotFound : CardConfirmation;

    public sealed record AmountMismatch : CardConfirmation;

    /// <summary>The order cannot be paid by card, or not with this key.</summary>
    public sealed record NotPayable : CardConfirmation;

    public sealed record InProgress : CardConfirmation;
}
