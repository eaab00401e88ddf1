using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

internal abstract record CardOutcome
{
    private CardOutcome() { }

    public sealed record Charged : CardOutcome;

    /// <summary>Not charged, and this attempt never will be.</summary>
    /// <param name="Failure">Null if Toss was not asked to charge it.</param>
    public sealed record NotCharged(TossFailure? Failure) : CardOutcome;

    /// <param name="WasAnswered">Whether Toss would repeat its answer to the same idempotency key.</param>
    public sealed record Unknown(bool WasAnswered) : CardOutcome;

    public PaymentCommand ToCommand(long attemptId, bool byRequest) =>
        this switch
        {
            Charged => new PaymentCommand.Charged(attemptId, byRequest),
            NotCharged(var failure) => new PaymentCommand.NotCharged(attemptId, failure, byRequest),
            Unknown(var wasAnswered) => new PaymentCommand.OutcomeUnknown(attemptId, wasAnswered, byRequest),
            _ => throw new InvalidOperationException($"An outcome of an unknown kind: {GetType().Name}."),
        };

    /// <summary>What Toss's answer to a confirm means for the attempt.</summary>
    public static CardOutcome Of(CardAttempt attempt, TossAnswer answer) =>
        answer switch
        {
            TossAnswer.Success(var payment) when attempt.IsChargedBy(payment) => new Charged(),
            TossAnswer.Success => new Unknown(WasAnswered: true),
            TossAnswer.Refused(var failure) => new NotCharged(failure),
            TossAnswer.ShopAtFault(var failure) => new NotCharged(failure),
            TossAnswer.NotFound(var failure) => new NotCharged(failure),
            TossAnswer.Unknown(_, var wasAnswered) => new Unknown(wasAnswered),
            _ => throw new InvalidOperationException($"An answer of an unknown kind: {answer.GetType().Name}."),
        };
}

internal static class CardAttemptExtensions
{
    /// <summary>Asks Toss to charge the card. Only for orders that are held.</summary>
    public static Task<TossAnswer> ConfirmAsync(
        this TossClient toss,
        CardAttempt attempt,
        CancellationToken cancellationToken
    ) =>
        toss.ConfirmAsync(
            attempt.PaymentKey,
            attempt.OrderNumber,
            attempt.Amount,
            $"confirm-{attempt.Id}-{attempt.Try}",
            cancellationToken
        );

    /// <summary>Refused because it was not confirmed in time: a new payment may succeed.</summary>
    public static bool IsExpired(this CardAttempt attempt) =>
        attempt.TossCode is { } code && (code == TossStatus.Expired || TossCodes.IsNotFound(code));

    /// <summary>Refused because of how the shop is set up, whatever the card.</summary>
    public static bool IsOfShopAtFault(this CardAttempt attempt) =>
        attempt.TossCode is { } code && TossCodes.IsShopAtFault(code);

    /// <summary>Whether Toss charged this attempt, with the right amount.</summary>
    public static bool IsChargedBy(this CardAttempt attempt, TossPayment payment) =>
        payment.IsCharged && attempt.IsOf(payment) && payment.TotalAmount == attempt.Amount;

    public static bool IsOf(this CardAttempt attempt, TossPayment payment) =>
        payment.PaymentKey == attempt.PaymentKey && payment.OrderId == attempt.OrderNumber;
}
