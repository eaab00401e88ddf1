namespace MsaShop.PaymentService.Toss;

/// <summary>Toss's words for the status of a payment.</summary>
public static class TossStatus
{
    /// <summary>The payment window is open.</summary>
    public const string Ready = "READY";

    /// <summary>The shopper has been authenticated; the card is charged when the shop confirms.</summary>
    public const string InProgress = "IN_PROGRESS";

    public const string Done = "DONE";

    /// <summary>All of the money went back.</summary>
    public const string Canceled = "CANCELED";

    public const string PartialCanceled = "PARTIAL_CANCELED";

    /// <summary>The card was refused.</summary>
    public const string Aborted = "ABORTED";

    /// <summary>It was not confirmed in time.</summary>
    public const string Expired = "EXPIRED";
}

/// <summary>A payment as Toss tells it, as far as the shop uses it.</summary>
public sealed record TossPayment
{
    public required string PaymentKey { get; init; }

    /// <summary>The order's public number.</summary>
    public required string OrderId { get; init; }

    /// <summary>One of <see cref="TossStatus"/>, or a word that Toss adds one day.</summary>
    public required string Status { get; init; }

    /// <summary>In won. Refunds do not change it.</summary>
    public required decimal TotalAmount { get; init; }

    /// <summary>How much of it has not gone back, in won.</summary>
    public required decimal BalanceAmount { get; init; }

    /// <summary>When the card was charged.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    public IReadOnlyList<TossCancel>? Cancels { get; init; }
    public TossFailure? Failure { get; init; }

    /// <summary>Whether the card was charged, whatever has gone back since.</summary>
    public bool IsCharged => Status is TossStatus.Done or TossStatus.PartialCanceled or TossStatus.Canceled;
}

/// <summary>Money that Toss gave back.</summary>
/// <param name="CancelAmount">In won.</param>
public sealed record TossCancel(
    string TransactionKey,
    decimal CancelAmount,
    string? CancelReason,
    DateTimeOffset CanceledAt
);

/// <param name="Code">The only part to decide by: the HTTP status differs for the same code.</param>
/// <param name="Message">For the shopper.</param>
public sealed record TossFailure(string Code, string? Message);

/// <summary>One movement of money on Toss's ledger: a charge, or a refund.</summary>
/// <param name="Status">One of <see cref="TossStatus"/>.</param>
/// <param name="Amount">In won.</param>
public sealed record TossTransaction(
    string TransactionKey,
    string PaymentKey,
    string OrderId,
    string Status,
    decimal Amount,
    DateTimeOffset TransactionAt
);
