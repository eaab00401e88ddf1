using System.Globalization;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Finds out what became of an attempt to pay by card: stored where the request that began it ends without knowing, or does
/// not end in its time (<see cref="AbandonedAttemptSweeper"/>), and when Toss has news.
/// </summary>
/// <param name="AttemptId">The attempt.</param>
public sealed record SettleCard(long AttemptId) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "settle-card";

    /// <summary>The message's key: the attempt's id.</summary>
    public static string KeyOf(CardAttempt attempt) => attempt.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Asks Toss, and charges the card where that is still to be done. Never gives up while nobody knows.</summary>
internal sealed class SettleCardHandler(
    PaymentDbContext database,
    CardLedger ledger,
    RefundRecorder refunds,
    OrderClient orders,
    TossClient toss,
    TimeProvider time,
    ILogger<SettleCardHandler> logger
) : IOutboxHandler<SettleCard>
{
    private const string PaidOtherwise = "The order was paid otherwise.";

    public async Task<Delivery> HandleAsync(SettleCard message, CancellationToken cancellationToken)
    {
        var state = await ledger.FindAsync(message.AttemptId, cancellationToken);
        if (state is null)
        {
            return Delivery.Dead("There is no such attempt.");
        }

        var attempt = state.Attempt;
        switch (await toss.FindAsync(attempt.PaymentKey, cancellationToken))
        {
            case TossAnswer.Success(var payment) when attempt.IsOf(payment):
                return await FollowAsync(state, payment, cancellationToken);
            case TossAnswer.Success:
                // Toss will not charge it for this order.
                return await EndAsync(attempt, new CardOutcome.NotCharged(Failure: null), cancellationToken);
            case TossAnswer.NotFound when WaitOf(attempt) is { } wait:
                return wait;
            case TossAnswer.NotFound(var failure):
                return await EndAsync(attempt, new CardOutcome.NotCharged(failure), cancellationToken);
            default:
                return Delivery.Later(why: "Toss does not tell how the payment stands.");
        }
    }

    private async Task<Delivery> FollowAsync(CardState state, TossPayment payment, CancellationToken cancellationToken)
    {
        var attempt = state.Attempt;
        switch (payment.Status)
        {
            case TossStatus.Done or TossStatus.PartialCanceled or TossStatus.Canceled:
                return await TakeAsync(attempt, payment, cancellationToken);
            case TossStatus.Aborted or TossStatus.Expired:
                var failure = payment.Failure ?? new TossFailure(payment.Status, Message: null);
                return await EndAsync(attempt, new CardOutcome.NotCharged(failure), cancellationToken);
            case TossStatus.Ready or TossStatus.InProgress when attempt.Status != CardAttemptStatus.Confirming:
                return Delivery.Done;
            case TossStatus.Ready or TossStatus.InProgress when WaitOf(attempt) is { } wait:
                return wait;
            case TossStatus.Ready or TossStatus.InProgress:
                return await ChargeAsync(state, cancellationToken);
            default:
                return Delivery.Later(why: $"Toss says {payment.Status}.");
        }
    }

    private async Task<Delivery> ChargeAsync(CardState state, CancellationToken cancellationToken)
    {
        var attempt = state.Attempt;
        var isWanted = state.Payment.Status == PaymentStatus.Pending && state.Payment.PaymentKey == attempt.PaymentKey;
        if (!isWanted || !await orders.HoldAsync(attempt.OrderNumber, attempt.Id, cancellationToken))
        {
            return await EndAsync(attempt, new CardOutcome.NotCharged(Failure: null), cancellationToken);
        }

        var outcome = CardOutcome.Of(attempt, await toss.ConfirmAsync(attempt, cancellationToken));
        if (outcome is CardOutcome.Unknown)
        {
            await ledger.SettleAsync(attempt, outcome, cancellationToken);
            return Delivery.Later(why: "Toss did not tell whether the card was charged.");
        }

        // A refusal may be of this request alone, while an earlier one charged the card after all.
        if (outcome is CardOutcome.NotCharged)
        {
            switch (await toss.FindAsync(attempt.PaymentKey, cancellationToken))
            {
                case TossAnswer.Success({ IsCharged: true } payment):
                    return await TakeAsync(attempt, payment, cancellationToken);
                case TossAnswer.Unknown:
                    return Delivery.Later(why: "Toss refused, but does not tell how the payment stands.");
            }
        }

        return await EndAsync(attempt, outcome, cancellationToken);
    }

    /// <summary>Takes a charge as the order's payment, or gives it back where the order has been paid otherwise.</summary>
    private async Task<Delivery> TakeAsync(
        CardAttempt attempt,
        TossPayment payment,
        CancellationToken cancellationToken
    )
    {
        if (!attempt.IsChargedBy(payment))
        {
            logger.LogError(
                "Toss charged {Charged} for order {OrderNumber}, not {Amount}: somebody must look at it",
                payment.TotalAmount,
                attempt.OrderNumber,
                attempt.Amount
            );
            return Delivery.Dead($"Toss charged {payment.TotalAmount:0}, not {attempt.Amount:0}.");
        }

        var state = await ledger.SettleAsync(attempt, new CardOutcome.Charged(), cancellationToken);
        if (state.Attempt.Status != CardAttemptStatus.Done)
        {
            return await GiveBackAsync(attempt, payment, cancellationToken);
        }

        await RecordRefundsAsync(attempt, payment, cancellationToken);
        return Delivery.Done;
    }

    private Task RecordRefundsAsync(CardAttempt attempt, TossPayment told, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async token =>
            {
                if (await database.LockPaymentAsync(attempt.PaymentId, token) is { } payment)
                {
                    await refunds.RecordAsync(payment, told, token);
                }
            },
            cancellationToken
        );

    private async Task<Delivery> GiveBackAsync(
        CardAttempt attempt,
        TossPayment payment,
        CancellationToken cancellationToken
    )
    {
        if (payment.BalanceAmount > 0)
        {
            logger.LogWarning(
                "Order {OrderNumber} was paid otherwise: the charge of attempt {AttemptId} goes back",
                attempt.OrderNumber,
                attempt.Id
            );
            var answer = await toss.CancelAsync(
                attempt.PaymentKey,
                payment.BalanceAmount,
                payment.BalanceAmount,
                PaidOtherwise,
                // A new one each time: Toss makes sure by the amount left that nothing goes back twice.
                $"stray-{attempt.Id}-{Guid.NewGuid():N}",
                cancellationToken
            );
            if (answer is not TossAnswer.Success)
            {
                return Delivery.Later(why: "A second charge for the order could not be given back yet.");
            }
        }

        var outcome = new CardOutcome.NotCharged(new TossFailure(TossStatus.Canceled, PaidOtherwise));
        return await EndAsync(attempt, outcome, cancellationToken);
    }

    private async Task<Delivery> EndAsync(CardAttempt attempt, CardOutcome outcome, CancellationToken cancellationToken)
    {
        await ledger.SettleAsync(attempt, outcome, cancellationToken);
        return Delivery.Done;
    }

    /// <summary>Waits while the request that began the attempt may still be asking Toss to charge.</summary>
    private Delivery? WaitOf(CardAttempt attempt)
    {
        var wait = attempt.LeaseUntil - time.GetStorableNow();
        return attempt.Status == CardAttemptStatus.Confirming && wait > TimeSpan.Zero
            ? Delivery.Later(wait, "The request that began it is still at it.")
            : null;
    }
}
