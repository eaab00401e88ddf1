namespace MsaShop.PaymentService.Payments;

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

    /// <summary>In whose name a bank transfer comes, or came.</summary>
    public string? DepositorName { get; init; }

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
            DepositorName = payment.DepositorName,
            CreatedAt = payment.CreatedAt,
            UpdatedAt = payment.UpdatedAt,
        };
}
