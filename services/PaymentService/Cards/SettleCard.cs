using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Finds out how an attempt to pay by card ended. Enqueued when its request ends without knowing or overruns its lease
/// (<see cref="AbandonedAttemptSweeper"/>), and when Toss sends a webhook. Its key is the attempt's id.
/// </summary>
public sealed record SettleCard(long AttemptId) : IOutboxMessage
{
    public static string Type => "settle-card";

    public static string KeyOf(CardAttempt attempt) => KeyOf(attempt.Id);

    internal static string KeyOf(long attemptId) => $"{attemptId}";
}

/// <summary>Asks Toss, and charges the card if need be. Never gives up while the outcome is unknown.</summary>
internal sealed class SettleCardHandler(
    CardStore cards,
    PaymentStore payments,
    OrderClient orders,
    TossClient toss,
    TimeProvider time,
    ILogger<SettleCardHandler> logger
) : IOutboxHandler<SettleCard>
{
    private const string PaidOtherwise = "The order was paid otherwise.";

    public async Task<Delivery> HandleAsync(SettleCard message, CancellationToken cancellationToken)
    {
        if (await cards.FindAsync(message.AttemptId, cancellationToken) is not var (payment, attempt))
        {
            return Delivery.Dead("There is no such attempt.");
        }

        var told = await toss.FindAsync(attempt.PaymentKey, cancellationToken);
        var step = CardDecisions.AfterLook(attempt, payment, told, time.GetStorableNow());
        if (step is SettlingStep.Charge)
        {
            var isHeld = await orders.HoldAsync(attempt.OrderNumber, attempt.Id, cancellationToken);
            step =
                CardDecisions.AfterHold(isHeld)
                ?? CardDecisions.AfterCharge(attempt, await toss.ConfirmAsync(attempt, cancellationToken));
        }

        if (step is SettlingStep.LookAgain(var refusal))
        {
            told = await toss.FindAsync(attempt.PaymentKey, cancellationToken);
            step = CardDecisions.AfterRefusal(attempt, refusal, told);
        }

        switch (step)
        {
            case SettlingStep.Take(var charged):
                return await TakeAsync(attempt, charged, cancellationToken);
            case SettlingStep.Write(var outcome, var why):
                await cards.SettleAsync(attempt, outcome, cancellationToken);
                return why is null ? Delivery.Done : Delivery.Later(why: why);
            case SettlingStep.Wait(var why, var after):
                return Delivery.Later(after, why);
            case SettlingStep.GiveUp(var why):
                logger.LogError("Order {OrderNumber}: {Why} Somebody must look at it", attempt.OrderNumber, why);
                return Delivery.Dead(why);
            default:
                return Delivery.Done;
        }
    }

    /// <summary>Takes a charge as the order's payment, or gives it back where the order has been paid otherwise.</summary>
    private async Task<Delivery> TakeAsync(
        CardAttempt attempt,
        TossPayment charged,
        CancellationToken cancellationToken
    )
    {
        var state = await cards.SettleAsync(attempt, new CardOutcome.Charged(), cancellationToken);
        if (state.Attempt.Status != CardAttemptStatus.Done)
        {
            return await GiveBackAsync(attempt, charged, cancellationToken);
        }

        // Refunds made in Toss's own console.
        await payments.ChangeAsync(
            new PaymentKey.Of(attempt.PaymentId),
            new PaymentCommand.RecordRefunds(charged),
            cancellationToken
        );
        return Delivery.Done;
    }

    private async Task<Delivery> GiveBackAsync(
        CardAttempt attempt,
        TossPayment charged,
        CancellationToken cancellationToken
    )
    {
        if (charged.BalanceAmount > 0)
        {
            logger.LogWarning(
                "Order {OrderNumber} was paid otherwise: the charge of attempt {AttemptId} goes back",
                attempt.OrderNumber,
                attempt.Id
            );
            var answer = await toss.CancelAsync(
                attempt.PaymentKey,
                charged.BalanceAmount,
                charged.BalanceAmount,
                PaidOtherwise,
                // A new key each time: by the amount left, Toss makes sure that nothing goes back twice.
                $"stray-{attempt.Id}-{Guid.NewGuid():N}",
                cancellationToken
            );
            if (answer is not TossAnswer.Success)
            {
                return Delivery.Later(why: "A second charge for the order could not be given back yet.");
            }
        }

        var outcome = new CardOutcome.NotCharged(new TossFailure(TossStatus.Canceled, PaidOtherwise));
        await cards.SettleAsync(attempt, outcome, cancellationToken);
        return Delivery.Done;
    }
}
