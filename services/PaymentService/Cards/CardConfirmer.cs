using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Charges a card for an order: writes down that it will, has order-svc hold the order, asks Toss, writes down what
/// came of it, tells order-svc. Whatever is cut off on the way, <see cref="SettleCard"/> goes on with.
/// </summary>
internal sealed class CardConfirmer(
    PaymentDbContext database,
    CardLedger ledger,
    OrderClient orders,
    TossClient toss,
    OrderNotifier teller,
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
        var now = time.GetStorableNow();
        return await ledger.TryBeginAsync(request, userId, now, cancellationToken) is { } begun
            ? await ChargeAsync(begun)
            : await AskAndConfirmAsync(request, userId, now, cancellationToken);
    }

    /// <summary>Asks order-svc for the order, and looks at what has been tried to pay it.</summary>
    private async Task<CardConfirmation> AskAndConfirmAsync(
        ConfirmRequest request,
        long userId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var order = await orders.FindAsync(request.OrderId, cancellationToken);
        if (order is null || order.UserId != userId)
        {
            return new CardConfirmation.OrderNotFound();
        }

        if (order.PaymentMethod != PaymentMethod.Card)
        {
            return new CardConfirmation.NotPayable();
        }

        if (order.TotalPrice != request.Amount)
        {
            return new CardConfirmation.AmountMismatch();
        }

        var beginning = await ledger.BeginAsync(order, request.PaymentKey, now, cancellationToken);
        if (beginning is CardBeginning.StillReleasing(var release))
        {
            await outbox.TryDeliverAsync(release, cancellationToken);
            beginning = await ledger.BeginAsync(order, request.PaymentKey, now, cancellationToken);
        }

        return beginning switch
        {
            CardBeginning.Begun(var begun) => await ChargeAsync(begun),
            CardBeginning.Known(var payment, var attempt) => await DescribeAsync(new CardState(payment, attempt)),
            CardBeginning.NotPayable => new CardConfirmation.NotPayable(),
            _ => new CardConfirmation.InProgress(),
        };
    }

    private async Task<CardConfirmation> ChargeAsync(CardState begun)
    {
        // From here on a shopper who closes the page stops nothing; each step has a time of its own.
        var cancellationToken = CancellationToken.None;
        var outcome = await HoldAndChargeAsync(begun.Attempt, cancellationToken);
        return await DescribeAsync(await ledger.WriteAsync(begun, outcome, cancellationToken));
    }

    private async Task<CardOutcome> HoldAndChargeAsync(CardAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            if (!await orders.HoldAsync(attempt.OrderNumber, attempt.Id, cancellationToken))
            {
                return new CardOutcome.NotCharged(Failure: null);
            }
        }
        catch (Exception exception) when (exception.IsServiceFailure())
        {
            logger.LogWarning(
                exception,
                "Order {OrderNumber} could not be held; its card will be charged once it is",
                attempt.OrderNumber
            );
            return new CardOutcome.Unknown(WasAnswered: false);
        }

        if (time.GetStorableNow() >= attempt.LeaseUntil)
        {
            // Others see to the attempt by now, and may have let the order go.
            return new CardOutcome.Unknown(WasAnswered: false);
        }

        return CardOutcome.Of(attempt, await toss.ConfirmAsync(attempt, cancellationToken));
    }

    private async Task<CardConfirmation> DescribeAsync(CardState state)
    {
        var (payment, attempt) = state;
        switch (attempt.Status)
        {
            case CardAttemptStatus.Confirming:
                return new CardConfirmation.Checking(payment, attempt);
            case CardAttemptStatus.Refused when attempt.TossCode is null:
                return new CardConfirmation.NotPayable();
            case CardAttemptStatus.Refused when attempt.IsExpired():
                return new CardConfirmation.Expired(attempt);
            case CardAttemptStatus.Refused when attempt.IsOfShopAtFault():
                return new CardConfirmation.Unavailable();
            case CardAttemptStatus.Refused:
                return new CardConfirmation.Refused(attempt);
            default:
                return new CardConfirmation.Paid(await TellOrderAsync(state.News, payment), attempt);
        }
    }

    /// <summary>Has order-svc told now, so that the shopper sees the order confirmed; if that fails, it is told later.</summary>
    /// <returns>The payment, as it is since.</returns>
    private async Task<Payment> TellOrderAsync(OutboxMessage? news, Payment payment)
    {
        var isAsItWas = false;
        if (news is not null)
        {
            isAsItWas = true;
            await outbox.TryDeliverByAsync(
                news,
                async token =>
                {
                    isAsItWas = await teller.TellAsync(OrderPaid.ByCard(payment), payment, token);
                    return Delivery.Done;
                },
                CancellationToken.None
            );
        }
        else if (await FindNewsAsync(payment) is { } message)
        {
            await outbox.TryDeliverAsync(message, CancellationToken.None);
        }

        return isAsItWas ? payment : await database.ReadPaymentAsync(payment.Id, CancellationToken.None);
    }

    /// <summary>What an earlier request, or the background, has found out and not told yet.</summary>
    private Task<OutboxMessage?> FindNewsAsync(Payment payment)
    {
        var key = OrderPaid.KeyOf(payment);
        return database
            .Set<OutboxMessage>()
            .AsNoTracking()
            .FirstOrDefaultAsync(
                m => m.Type == OrderPaid.Type && m.Key == key && m.Status == OutboxStatus.Pending,
                CancellationToken.None
            );
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
