namespace MsaShop.PaymentService.Toss;

/// <summary>Toss's payment statuses.</summary>
public static class TossStatus
{
    /// <summary>The payment window is open.</summary>
    public const string Ready = "READY";

    /// <summary>The shopper is authenticated; the card is charged when the shop confirms.</summary>
    public const string InProgress = "IN_PROGRESS";

    public const string Done = "DONE";

    /// <summary>All of the money went back.</summary>
    public const string Canceled = "CANCELED";

    /// <summary>Some of the money went back.</summary>
    public const string PartialCanceled = "PARTIAL_CANCELED";

    public const string Aborted = "ABORTED";

    /// <summary>Not confirmed in time.</summary>
    public const string Expired = "EXPIRED";
}

/// <summary>A payment as Toss reports it, as far as the shop uses it.</summary>
public sealed record TossPayment
{
    public required string PaymentKey { get; init; }
    public required string OrderId { get; init; }

    /// <summary>One of <see cref="TossStatus"/>, or a status that Toss adds one day.</summary>
    public required string Status { get; init; }

    /// <summary>In won. Refunds do not change it.</summary>
    public required decimal TotalAmount { get; init; }

    /// <summary>What has not been refunded, in won.</summary>
    public required decimal BalanceAmount { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }
    public IReadOnlyList<TossCancel>? Cancels { get; init; }
    public TossFailure? Failure { get; init; }

    /// <summary>Whether the card was charged, refunded or not.</summary>
    public bool IsCharged => Status is TossStatus.Done or TossStatus.PartialCanceled or TossStatus.Canceled;
}

/// <summary>A refund at Toss.</summary>
/// <param name="TransactionKey">Toss's key of the refund.</param>
/// <param name="CancelAmount">In won.</param>
public sealed record TossCancel(
    string TransactionKey,
    decimal CancelAmount,
    string? CancelReason,
    DateTimeOffset CanceledAt
);

/// <summary>An error of Toss's.</summary>
/// <param name="Code">Decide by this alone: the HTTP status differs for the same code.</param>
/// <param name="Message">For the shopper.</param>
public sealed record TossFailure(string Code, string? Message);

/// <summary>An entry of Toss's ledger: a charge or a refund.</summary>
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
