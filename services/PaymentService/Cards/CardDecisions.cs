using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

/// <summary>What comes next for an attempt that the background sees to.</summary>
internal abstract record SettlingStep
{
    private SettlingStep() { }

    /// <summary>Nothing: it is as it should be.</summary>
    public sealed record Finish : SettlingStep;

    /// <summary>Come again.</summary>
    /// <param name="Why">What it waits for.</param>
    /// <param name="After">After how long; null for longer each time.</param>
    public sealed record Wait(string Why, TimeSpan? After = null) : SettlingStep;

    /// <summary>Have the order held, and Toss charge the card.</summary>
    public sealed record Charge : SettlingStep;

    /// <summary>Take the charge as the order's payment, or give it back where the order was paid otherwise.</summary>
    /// <param name="Payment">The payment, as Toss tells it.</param>
    public sealed record Take(TossPayment Payment) : SettlingStep;

    /// <summary>Look at Toss once more: a refusal may be of this request alone, while an earlier one charged the card after all.</summary>
    /// <param name="Refusal">The refusal.</param>
    public sealed record LookAgain(CardOutcome.NotCharged Refusal) : SettlingStep;

    /// <summary>Write down what is known.</summary>
    /// <param name="Outcome">What is known.</param>
    /// <param name="Why">Why it is not settled by that; null where it is.</param>
    public sealed record Write(CardOutcome Outcome, string? Why = null) : SettlingStep;

    /// <summary>Somebody has to look at it.</summary>
    /// <param name="Why">What is wrong.</param>
    public sealed record GiveUp(string Why) : SettlingStep;
}

/// <summary>Decides how paying by card goes on after each answer.</summary>
internal static class CardDecisions
{
    /// <summary>Whether this shopper may pay this order so.</summary>
    /// <returns>Why not; null if so.</returns>
    public static CardConfirmation? Judge(ShopOrder? order, ConfirmRequest request, long userId) =>
        order switch
        {
            null => new CardConfirmation.OrderNotFound(),
            _ when order.UserId != userId => new CardConfirmation.OrderNotFound(),
            { PaymentMethod: not PaymentMethod.Card } => new CardConfirmation.NotPayable(),
            _ when order.TotalPrice != request.Amount => new CardConfirmation.AmountMismatch(),
            _ => null,
        };

    /// <summary>The request that began the attempt has asked order-svc to hold the order.</summary>
    /// <param name="isHeld">Whether it is held; null if order-svc did not say.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is known; null if the card is to be charged.</returns>
    public static CardOutcome? AfterHold(bool? isHeld, CardAttempt attempt, DateTime now) =>
        isHeld switch
        {
            null => new CardOutcome.Unknown(WasAnswered: false),
            false => new CardOutcome.NotCharged(Failure: null),
            // Others see to the attempt by now, and may have let the order go.
            true when now >= attempt.LeaseUntil => new CardOutcome.Unknown(WasAnswered: false),
            true => null,
        };

    /// <summary>
    /// Whether the order need not be held for an attempt any more: it charges nothing, and what it has charged has gone back. Until
    /// order-svc is told of the money, the hold is all that keeps the order from running out.
    /// </summary>
    public static bool NeedsNoHold(CardAttempt attempt, Payment payment) =>
        attempt.Status switch
        {
            CardAttemptStatus.Confirming => false,
            CardAttemptStatus.Done => payment.Status != PaymentStatus.Completed,
            _ => true,
        };

    /// <summary>The background has looked at Toss.</summary>
    public static SettlingStep AfterLook(CardAttempt attempt, Payment payment, TossAnswer told, DateTime now) =>
        told switch
        {
            TossAnswer.Success(var found) when attempt.IsOf(found) => Follow(attempt, payment, found, now),
            // Toss will not charge it for this order.
            TossAnswer.Success => NotCharged(failure: null),
            TossAnswer.NotFound when WaitOf(attempt, now) is { } wait => wait,
            TossAnswer.NotFound(var failure) => NotCharged(failure),
            _ => new SettlingStep.Wait("Toss does not tell how the payment stands."),
        };

    /// <summary>The background has asked order-svc to hold the order.</summary>
    /// <returns>What comes next; null if the card is to be charged.</returns>
    public static SettlingStep? AfterHold(bool isHeld) => isHeld ? null : NotCharged(failure: null);

    /// <summary>The background has had Toss charge the card.</summary>
    public static SettlingStep AfterCharge(CardAttempt attempt, TossAnswer answer) =>
        (CardOutcome.Of(attempt, answer), answer) switch
        {
            (CardOutcome.Charged, TossAnswer.Success(var payment)) => new SettlingStep.Take(payment),
            (CardOutcome.NotCharged refusal, _) => new SettlingStep.LookAgain(refusal),
            var (unknown, _) => new SettlingStep.Write(unknown, "Toss did not tell whether the card was charged."),
        };

    /// <summary>Toss refused to charge the card, and was looked at once more.</summary>
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

    /// <summary>Waits while the request that began the attempt may still be asking Toss to charge.</summary>
    private static SettlingStep.Wait? WaitOf(CardAttempt attempt, DateTime now)
    {
        var left = attempt.LeaseUntil - now;
        return attempt.Status == CardAttemptStatus.Confirming && left > TimeSpan.Zero
            ? new SettlingStep.Wait("The request that began it is still at it.", left)
            : null;
    }
}
