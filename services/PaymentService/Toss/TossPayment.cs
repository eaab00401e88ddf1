namespace MsaShop.PaymentService.Toss;

/// <summary>Toss's words for where a payment stands.</summary>
public static class TossStatus
{
    /// <summary>The payment window is open.</summary>
    public const string Ready = "READY";

    /// <summary>The shopper has proved who they are; the card is charged when the shop confirms.</summary>
    public const string InProgress = "IN_PROGRESS";

    /// <summary>The money is there.</summary>
    public const string Done = "DONE";

    /// <summary>All of the money went back.</summary>
    public const string Canceled = "CANCELED";

    /// <summary>Some of the money went back.</summary>
    public const string PartialCanceled = "PARTIAL_CANCELED";

    /// <summary>The card was refused.</summary>
    public const string Aborted = "ABORTED";

    /// <summary>It was not confirmed in time.</summary>
    public const string Expired = "EXPIRED";
}

/// <summary>A payment as Toss tells it: the parts of it that the shop uses.</summary>
public sealed record TossPayment
{
    /// <summary>Toss's key of it.</summary>
    public required string PaymentKey { get; init; }

    /// <summary>The order's public number.</summary>
    public required string OrderId { get; init; }

    /// <summary>Where it stands, one of <see cref="TossStatus"/> or a word that Toss adds one day.</summary>
    public required string Status { get; init; }

    /// <summary>How much was asked for, in won. Refunds do not change it.</summary>
    public required decimal TotalAmount { get; init; }

    /// <summary>How much of it has not gone back, in won.</summary>
    public required decimal BalanceAmount { get; init; }

    /// <summary>When the card was charged.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>What went back.</summary>
    public IReadOnlyList<TossCancel>? Cancels { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public TossFailure? Failure { get; init; }

    /// <summary>Whether the card has been charged, whatever has gone back since.</summary>
    public bool IsCharged => Status is TossStatus.Done or TossStatus.PartialCanceled or TossStatus.Canceled;
}

/// <summary>Money that Toss gave back.</summary>
/// <param name="TransactionKey">Toss's key of it.</param>
/// <param name="CancelAmount">How much, in won.</param>
/// <param name="CancelReason">Why.</param>
/// <param name="CanceledAt">When.</param>
public sealed record TossCancel(
    string TransactionKey,
    decimal CancelAmount,
    string? CancelReason,
    DateTimeOffset CanceledAt
);

/// <summary>An error of Toss's.</summary>
/// <param name="Code">Its code: the only part to decide by, for the HTTP status differs for the same code.</param>
/// <param name="Message">What it says, for the shopper.</param>
public sealed record TossFailure(string Code, string? Message);

/// <summary>One movement of money on Toss's ledger: a charge, or a refund.</summary>
/// <param name="TransactionKey">Toss's key of it.</param>
/// <param name="PaymentKey">The payment's key.</param>
/// <param name="OrderId">The order's public number.</param>
/// <param name="Status">Where it stands, one of <see cref="TossStatus"/>.</param>
/// <param name="Amount">How much, in won.</param>
/// <param name="TransactionAt">When.</param>
public sealed record TossTransaction(
    string TransactionKey,
    string PaymentKey,
    string OrderId,
    string Status,
    decimal Amount,
    DateTimeOffset TransactionAt
);
