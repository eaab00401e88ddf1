namespace MsaShop.PaymentService.Payments;

/// <summary>How an order is paid.</summary>
public enum PaymentMethod
{
    /// <summary>By card, through Toss Payments.</summary>
    Card,

    /// <summary>By transfer to the shop's bank account.</summary>
    BankTransfer,
}

/// <summary>Where a payment stands.</summary>
public enum PaymentStatus
{
    /// <summary>The money is awaited, or whether it came is not known yet.</summary>
    Pending,

    /// <summary>The money is there.</summary>
    Completed,

    /// <summary>The money will not come.</summary>
    Failed,

    /// <summary>The money went back.</summary>
    Refunded,
}

/// <summary>The payment of an order.</summary>
public sealed class Payment
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's public number: Toss's <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>How much, in won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>How much of it went back, in won.</summary>
    public decimal RefundedAmount { get; init; }

    /// <summary>How it is paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; init; } = PaymentStatus.Pending;

    /// <summary>What Toss calls the payment; only cards have it.</summary>
    public string? PaymentKey { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; init; }
}

/// <summary>A payment, as its owner and the shop see it.</summary>
public sealed record PaymentResponse
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's public number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>How much, in won.</summary>
    public required long Amount { get; init; }

    /// <summary>How much of it went back, in won.</summary>
    public required long RefundedAmount { get; init; }

    /// <summary>How it is paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>Where it stands.</summary>
    public required PaymentStatus Status { get; init; }

    /// <summary>What Toss calls the payment; only cards have it.</summary>
    public string? PaymentKey { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; init; }
}

/// <summary>Shows payments.</summary>
internal static class PaymentResponseExtensions
{
    public static PaymentResponse ToResponse(this Payment payment) =>
        new()
        {
            Id = payment.Id,
            OrderId = payment.OrderId,
            OrderNumber = payment.OrderNumber,
            UserId = payment.UserId,
            Amount = (long)payment.Amount,
            RefundedAmount = (long)payment.RefundedAmount,
            Method = payment.Method,
            Status = payment.Status,
            PaymentKey = payment.PaymentKey,
            CreatedAt = payment.CreatedAt,
            UpdatedAt = payment.UpdatedAt,
        };
}
