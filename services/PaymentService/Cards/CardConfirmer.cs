using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Cards;

/// <summary>Charges a card for an order. Whatever is cut off on the way, <see cref="SettleCard"/> goes on with.</summary>
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
    /// <summary>Charges the card, unless that has been done.</summary>
    /// <param name="request">What Toss's payment window sent the shopper back with.</param>
    /// <param name="userId">The shopper.</param>
    /// <param name="cancellationToken">The shopper is gone. What has been begun is finished all the same.</param>
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

        // 2. The order is neither cancelled nor run out while its card is charged.
        var attempt = begun.Attempt;
        var isHeld = await TryHoldAsync(attempt);

        // 3. Toss charges the card.
        var outcome =
            CardDecisions.AfterHold(isHeld, attempt, time.GetStorableNow())
            ?? CardOutcome.Of(attempt, await toss.ConfirmAsync(attempt, CancellationToken.None));

        // 4. What came of it is stored, and order-svc told.
        return await DescribeAsync(await cards.WriteAsync(begun, outcome, CancellationToken.None));
    }

    /// <returns>The attempt that has begun, or what has come of the wish already.</returns>
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

    /// <returns>Whether the order is held; null where order-svc does not say.</returns>
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

    /// <summary>Has order-svc told now, so that the shopper sees the order confirmed; if that fails, it is told later.</summary>
    /// <returns>The payment, as it is since.</returns>
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
            // An earlier request, or the background, has found out and not told yet.
            await outbox.DeliverNowAsync(message, CancellationToken.None);
        }

        return isAsItWas ? payment : await payments.ReadAsync(payment.Id, CancellationToken.None);
    }
}

/// <summary>What came of the wish to pay by card.</summary>
internal abstract record CardConfirmation
{
    private CardConfirmation() { }

    /// <summary>The money is there.</summary>
    public sealed record Paid(Payment Payment, CardAttempt Attempt) : CardConfirmation;

    /// <summary>Whether the card has been charged is not known yet.</summary>
    public sealed record Checking(Payment Payment, CardAttempt Attempt) : CardConfirmation;

    /// <summary>The card has not been charged.</summary>
    public sealed record Refused(CardAttempt Attempt) : CardConfirmation;

    /// <summary>The card has not been charged, for Toss charges none for the shop just now.</summary>
    public sealed record Unavailable : CardConfirmation;

    /// <summary>The card has not been charged, for the shopper was too late.</summary>
    public sealed record Expired(CardAttempt Attempt) : CardConfirmation;

    /// <summary>There is no such order, or it is someone else's.</summary>
    public sealed record OrderNotFound : CardConfirmation;

    /// <summary>The order costs something else.</summary>
    public sealed record AmountMismatch : CardConfirmation;

    /// <summary>The order cannot be paid by card, or not with this key.</summary>
    public sealed record NotPayable : CardConfirmation;

    /// <summary>Another payment of the same order is under way.</summary>
    public sealed record InProgress : CardConfirmation;
}
