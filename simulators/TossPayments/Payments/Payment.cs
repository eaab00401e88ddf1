using System.Security.Cryptography;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Payments;

/// <summary>Toss's states of a card payment.</summary>
public enum PaymentStatus
{
    /// <summary>The window is open.</summary>
    Ready,

    /// <summary>The buyer has authenticated; no money has moved.</summary>
    InProgress,

    /// <summary>Paid.</summary>
    Done,

    /// <summary>All of it is refunded.</summary>
    Canceled,

    /// <summary>Some of it is refunded.</summary>
    PartialCanceled,

    /// <summary>Refused.</summary>
    Aborted,

    /// <summary>The time to pay or to confirm is over.</summary>
    Expired,
}

/// <summary>A payment and its permitted transitions.</summary>
public sealed class Payment
{
    public static readonly TimeSpan WindowLifetime = TimeSpan.FromMinutes(30);

    /// <summary>How long the shop may take to confirm after the buyer has authenticated.</summary>
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    public required string PaymentKey { get; init; }

    public required KeyPair KeyPair { get; init; }

    public required string OrderId { get; init; }

    public required string OrderName { get; init; }

    public string? CustomerKey { get; init; }

    public required long TotalAmount { get; init; }

    public required long TaxFreeAmount { get; init; }

    public required long BalanceAmount { get; set; }

    public required long TaxFreeBalance { get; set; }

    public bool IsPartialCancelable { get; init; } = true;

    public bool UseEscrow { get; init; }

    public string? Metadata { get; init; }

    /// <summary>Null in Promise style.</summary>
    public string? SuccessUrl { get; init; }

    public string? FailUrl { get; init; }

    /// <summary>The origin of the page that embeds the window; null if the window is the page.</summary>
    public string? EmbeddedBy { get; init; }

    /// <summary>The window's language, if the shop chose one.</summary>
    public string? Language { get; init; }

    public PaymentStatus Status { get; private set; } = PaymentStatus.Ready;

    public required DateTime RequestedAt { get; init; }

    /// <summary>When READY or IN_PROGRESS expires.</summary>
    public DateTime? ExpiresAt { get; set; }

    public DateTime? ApprovedAt { get; private set; }

    /// <summary>The key of the transaction that took the money.</summary>
    public string? ApprovalKey { get; private set; }

    public string? LastTransactionKey { get; private set; }

    /// <summary>Proves that a webhook is genuine: only Toss and, from its confirm, the shop know it.</summary>
    public string? Secret { get; private set; }

    /// <summary>The error with which the card company will refuse the confirm, chosen by the buyer or a test.</summary>
    public string? RefuseWith { get; set; }

    public string? FailureCode { get; private set; }

    public PaymentCard? Card { get; private set; }

    public List<PaymentCancel> Cancels { get; } = [];

    /// <summary>Whether money has moved.</summary>
    public bool IsPaid => Status is PaymentStatus.Done or PaymentStatus.PartialCanceled or PaymentStatus.Canceled;

    /// <summary>READY → IN_PROGRESS.</summary>
    public void Authenticate(PaymentCard card, DateTime now)
    {
        Require(PaymentStatus.Ready);
        Status = PaymentStatus.InProgress;
        Card = card;
        ExpiresAt = now + ConfirmLifetime;
    }

    /// <summary>IN_PROGRESS → DONE.</summary>
    public void Approve(DateTime now)
    {
        Require(PaymentStatus.InProgress);
        Status = PaymentStatus.Done;
        ApprovedAt = now;
        ExpiresAt = null;
        ApprovalKey = LastTransactionKey = NewTransactionKey();
        Secret = $"ps_{RandomNumberGenerator.GetString(Alphanumeric, 27)}";
        Card!.ApproveNo = RandomNumberGenerator.GetString("0123456789", 8);
    }

    /// <summary>READY or IN_PROGRESS → ABORTED.</summary>
    public void Abort(string code)
    {
        Require(PaymentStatus.Ready, PaymentStatus.InProgress);
        Status = PaymentStatus.Aborted;
        FailureCode = code;
        ExpiresAt = null;
    }

    /// <summary>READY or IN_PROGRESS → EXPIRED.</summary>
    public void Expire()
    {
        Require(PaymentStatus.Ready, PaymentStatus.InProgress);
        Status = PaymentStatus.Expired;
        FailureCode = TossErrors.ExpiredPayment.Code;
        ExpiresAt = null;
    }

    /// <summary>DONE or PARTIAL_CANCELED → PARTIAL_CANCELED or CANCELED.</summary>
    public void Cancel(long amount, long taxFreeAmount, string reason, DateTime now)
    {
        Require(PaymentStatus.Done, PaymentStatus.PartialCanceled);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, BalanceAmount);

        BalanceAmount -= amount;
        TaxFreeBalance -= taxFreeAmount;
        Status = BalanceAmount == 0 ? PaymentStatus.Canceled : PaymentStatus.PartialCanceled;
        LastTransactionKey = NewTransactionKey();
        Cancels.Add(
            new PaymentCancel
            {
                TransactionKey = LastTransactionKey,
                CancelAmount = amount,
                TaxFreeAmount = taxFreeAmount,
                RefundableAmount = BalanceAmount,
                CancelReason = reason,
                CanceledAt = now,
            }
        );
    }

    /// <summary>A key in Toss's format: the start of the shop's id, Seoul's time, five letters or digits.</summary>
    public static string NewPaymentKey(string merchantId, DateTime now) =>
        $"{merchantId[..5]}{SimulatorClock.InSeoul(now):yyyyMMddHHmmss}{RandomNumberGenerator.GetString(Alphanumeric, 5)}";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static string NewTransactionKey() =>
        $"txrd_a01{RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 24)}";

    private void Require(params ReadOnlySpan<PaymentStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new InvalidOperationException($"A payment that is {Status} cannot change like that.");
        }
    }
}

public sealed class PaymentCard
{
    public required string IssuerCode { get; init; }

    public required string AcquirerCode { get; init; }

    public required string Number { get; init; }

    public required int InstallmentPlanMonths { get; init; }

    /// <summary>신용 or 체크.</summary>
    public required string CardType { get; init; }

    public string? ApproveNo { get; set; }
}

public sealed class PaymentCancel
{
    public long Id { get; init; }

    public required string TransactionKey { get; init; }

    public required long CancelAmount { get; init; }

    public required long TaxFreeAmount { get; init; }

    public required long RefundableAmount { get; init; }

    public required string CancelReason { get; init; }

    public required DateTime CanceledAt { get; init; }
}
