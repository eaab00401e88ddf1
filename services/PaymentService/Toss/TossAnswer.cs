namespace MsaShop.PaymentService.Toss;

/// <summary>What became of a request to Toss.</summary>
public abstract record TossAnswer
{
    private TossAnswer() { }

    /// <summary>Toss did it, or told it.</summary>
    /// <param name="Payment">The payment as it is now.</param>
    public sealed record Success(TossPayment Payment) : TossAnswer;

    /// <summary>Toss will not do it. No money has moved.</summary>
    /// <param name="Failure">Toss's words.</param>
    public sealed record Refused(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss will not do it for this shop as it is set up, whoever pays. No money has moved, and none will until somebody
    /// mends it.
    /// </summary>
    /// <param name="Failure">Toss's words.</param>
    public sealed record ShopAtFault(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss has no such payment: it never had, or it was not confirmed in time. No money has moved; a new payment of the
    /// same order may succeed.
    /// </summary>
    /// <param name="Failure">Toss's words.</param>
    public sealed record NotFound(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Money may have moved, or may still move: no answer, a broken one, or an error that says nothing about it. Only
    /// asking again can tell.
    /// </summary>
    /// <param name="Why">What happened, for the log.</param>
    /// <param name="WasAnswered">
    /// Whether Toss answered: it would then repeat that answer to the same idempotency key, so that trying again needs a
    /// new one. Without an answer, only the same key is sure not to do the thing twice.
    /// </param>
    public sealed record Unknown(string Why, bool WasAnswered) : TossAnswer;
}
