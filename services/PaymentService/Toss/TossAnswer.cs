namespace MsaShop.PaymentService.Toss;

/// <summary>How a request to Toss ended.</summary>
public abstract record TossAnswer
{
    private TossAnswer() { }

    /// <summary>Toss did it, or reports it.</summary>
    /// <param name="Payment">The payment as it is now.</param>
    public sealed record Success(TossPayment Payment) : TossAnswer;

    /// <summary>Toss refuses. No money has moved.</summary>
    public sealed record Refused(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss refuses because of the shop's setup, whoever pays. No money has moved, and none will until that is mended.
    /// </summary>
    public sealed record ShopAtFault(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Toss has no such payment: it never existed, or was not confirmed in time. No money has moved; a new payment of the
    /// order may succeed.
    /// </summary>
    public sealed record NotFound(TossFailure Failure) : TossAnswer;

    /// <summary>
    /// Money may have moved, or may still move: no answer, a broken one, or an error that does not tell. Only asking again
    /// can.
    /// </summary>
    /// <param name="Why">For the log.</param>
    /// <param name="WasAnswered">
    /// Whether Toss answered: it would repeat its answer to the same idempotency key, so a retry needs a new one. Without an
    /// answer, only the same key is safe.
    /// </param>
    public sealed record Unknown(string Why, bool WasAnswered) : TossAnswer;
}
