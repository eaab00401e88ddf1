namespace MsaShop.PaymentService.Toss;

public abstract record TossAnswer
{
    private TossAnswer() { }

    /// <summary>Toss did it, or told it.</summary>
    public sealed record Success(TossPayment Payment) : TossAnswer;

    /// <summary>Toss will not do it. No money has moved.</summary>
    public sealed record Refused(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss does not serve the shop as it is set up, whoever pays. No money has moved, and none will until somebody
    /// fixes it.
    /// </summary>
    public sealed record ShopAtFault(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss has no such payment: it never had, or it was not confirmed in time. No money has moved; a new payment of
    /// the same order may succeed.
    /// </summary>
    public sealed record NotFound(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Money may have moved, or may still move: no answer, a broken one, or an error that says nothing about it. Only
    /// asking again can tell.
    /// </summary>
    /// <param name="Why">For the log.</param>
    /// <param name="WasAnswered">
    /// Whether Toss answered: it would then repeat that answer to the same idempotency key, so that trying again needs
    /// a new one. Without an answer, only the same key is sure not to do the thing twice.
    /// </param>
    public sealed record Unknown(string Why, bool WasAnswered) : TossAnswer;
}
