using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

/// <summary>What the background does next about an attempt.</summary>
internal abstract record SettlingStep
{
    private SettlingStep() { }

    public sealed record Finish : SettlingStep;

    /// <summary>Try again, by default after pauses that grow.</summary>
    public sealed record Wait(string Why, TimeSpan? After = null) : SettlingStep;

    /// <summary>Hold the order, then have Toss charge the card.</summary>
    public sealed record Charge : SettlingStep;

    /// <summary>Take the charge as the order's payment, or give it back where the order was paid otherwise.</summary>
    public sealed record Take(TossPayment Payment) : SettlingStep;

    /// <summary>
    /// Look at Toss again: the refusal may concern this request, while an earlier one charged the card.
    /// </summary>
    public sealed record LookAgain(CardOutcome.NotCharged Refusal) : SettlingStep;

    /// <param name="Why">Why that does not settle the attempt; null where it does.</param>
    public sealed record Write(CardOutcome Outcome, string? Why = null) : SettlingStep;

    /// <summary>Somebody has to look at it.</summary>
    public sealed record GiveUp(string Why) : SettlingStep;
}

/// <summary>Decides how paying by card goes on after each answer.</summary>
internal static class CardDecisions
{
    /// <returns>Why this shopper may not pay this order with this amount; null if they may.</returns>
    public static CardConfirmation? Judge(ShopOrder? order, ConfirmRequest request, long userId) =>
        order switch
        {
            null => new CardConfirmation.OrderNotFound(),
            _ when order.UserId != userId => new CardConfirmation.OrderNotFound(),
            { PaymentMethod: not PaymentMethod.Card } => new CardConfirmation.NotPayable(),
            _ when order.TotalPrice != request.Amount => new CardConfirmation.AmountMismatch(),
            _ => null,
        };

    /// <summary>For the request that began the attempt.</summary>
    /// <param name="isHeld">Null if order-svc did not answer.</param>
    /// <returns>Null if the card is to be charged.</returns>
    public static CardOutcome? AfterHold(bool? isHeld, CardAttempt attempt, DateTime now) =>
        isHeld switch
        {
            null => new CardOutcome.Unknown(WasAnswered: false),
            false => new CardOutcome.NotCharged(Failure: null),
            // The background sees to the attempt by now, and may have released the order.
            true when now >= attempt.LeaseUntil => new CardOutcome.Unknown(WasAnswered: false),
            true => null,
        };

    /// <summary>
    /// Whether the attempt needs no hold on its order: it charged nothing, or what it charged has gone back. Until
    /// order-svc is told of the money, only the hold keeps the order from expiring.
    /// </summary>
    public static bool NeedsNoHold(CardAttempt attempt, Payment payment) =>
        attempt.Status switch
        {
            CardAttemptStatus.Confirming => false,
            CardAttemptStatus.Done => payment.Status != PaymentStatus.Completed,
            _ => true,
        };

    public static SettlingStep AfterLook(CardAttempt attempt, Payment payment, TossAnswer told, DateTime now) =>
        told switch
        {
            TossAnswer.Success(var found) when attempt.IsOf(found) => Follow(attempt, payment, found, now),
            // Toss knows the key for another order, and will not charge it for this one.
            TossAnswer.Success => NotCharged(failure: null),
            TossAnswer.NotFound when WaitOf(attempt, now) is { } wait => wait,
            TossAnswer.NotFound(var failure) => NotCharged(failure),
            _ => new SettlingStep.Wait("Toss does not tell how the payment stands."),
        };

    /// <summary>For the background.</summary>
    /// <returns>Null if the card is to be charged.</returns>
    public static SettlingStep? AfterHold(bool isHeld) => isHeld ? null : NotCharged(failure: null);

    public static SettlingStep AfterCharge(CardAttempt attempt, TossAnswer answer) =>
        (CardOutcome.Of(attempt, answer), answer) switch
        {
            (CardOutcome.Charged, TossAnswer.Success(var payment)) => new SettlingStep.Take(payment),
            (CardOutcome.NotCharged refusal, _) => new SettlingStep.LookAgain(refusal),
            var (unknown, _) => new SettlingStep.Write(unknown, "Toss did not tell whether the card was charged."),
        };

    public static SettlingStep AfterRefusal(CardAttempt attempt, CardOutcome.NotCharged refusal, TossAnswer told) =>
        told switch
        {
            TossAnswer.Success({ IsCharged: true } payment) => Take(attempt, payment),
            TossAnswer.Unknown => new SettlingStep.Wait("Toss refused, but does not tell how the payment stands."),
            _ => new SettlingStep.Write(refusal),
        };

    private static SettlingStep Follow(CardAttempt attempt, Payment payment, TossPayment found, DateTime now)
    {
        switch (found.Status)
        {
            case TossStatus.Done or TossStatus.PartialCanceled or TossStatus.Canceled:
                return Take(attempt, found);
            case TossStatus.Aborted or TossStatus.Expired:
                return NotCharged(found.Failure ?? new TossFailure(found.Status, Message: null));
            case TossStatus.Ready or TossStatus.InProgress when attempt.Status != CardAttemptStatus.Confirming:
                return new SettlingStep.Finish();
            case TossStatus.Ready or TossStatus.InProgress when WaitOf(attempt, now) is { } wait:
                return wait;
            case TossStatus.Ready or TossStatus.InProgress:
                var isWanted = payment.Status == PaymentStatus.Pending && payment.PaymentKey == attempt.PaymentKey;
                return isWanted ? new SettlingStep.Charge() : NotCharged(failure: null);
            default:
                return new SettlingStep.Wait($"Toss says {found.Status}.");
        }
    }

    private static SettlingStep Take(CardAttempt attempt, TossPayment payment) =>
        attempt.IsChargedBy(payment)
            ? new SettlingStep.Take(payment)
            : new SettlingStep.GiveUp($"Toss charged {payment.TotalAmount:0}, not {attempt.Amount:0}.");

    private static SettlingStep.Write NotCharged(TossFailure? failure) => new(new CardOutcome.NotCharged(failure));

    /// <summary>Waits while the request that began the attempt may still ask Toss to charge.</summary>
    private static SettlingStep.Wait? WaitOf(CardAttempt attempt, DateTime now)
    {
        var left = attempt.LeaseUntil - now;
        return attempt.Status == CardAttemptStatus.Confirming && left > TimeSpan.Zero
            ? new SettlingStep.Wait("The request that began it is still at it.", left)
            : null;
    }
}
