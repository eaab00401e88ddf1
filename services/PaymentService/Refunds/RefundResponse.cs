namespace MsaShop.PaymentService.Refunds;

/// <summary>A refund, as the payment's owner and the administrators see it.</summary>
public sealed record RefundResponse
{
    /// <summary>The refund's id.</summary>
    public required long Id { get; init; }

    /// <summary>The payment's id.</summary>
    public required long PaymentId { get; init; }

    /// <summary>The order's id; only in the list of refunds.</summary>
    public long? OrderId { get; init; }

    /// <summary>The order's public number; only in the list of refunds.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>How it was paid; only in the list of refunds.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>The name in which a bank transfer came; only in the list of refunds.</summary>
    public string? DepositorName { get; init; }

    /// <summary>The amount, in won.</summary>
    public required long Amount { get; init; }

    /// <summary>Its status.</summary>
    public required RefundStatus Status { get; init; }

    /// <summary>Why; only for administrators, like all that follows but the times.</summary>
    public string? Reason { get; init; }

    /// <summary>In which role it was asked for.</summary>
    public PaymentActor? Actor { get; init; }

    /// <summary>Who asked for it; null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>Toss's key of the refund.</summary>
    public string? TransactionKey { get; init; }

    /// <summary>Toss's error code, where it refused.</summary>
    public string? TossCode { get; init; }

    /// <summary>Toss's message, where it refused.</summary>
    public string? TossMessage { get; init; }

    /// <summary>Who transferred the money back by hand.</summary>
    public long? TransferredBy { get; init; }

    /// <summary>Who last had it tried again, after Toss had refused it.</summary>
    public long? RetriedBy { get; init; }

    /// <summary>When it was last tried again.</summary>
    public DateTime? RetriedAt { get; init; }

    /// <summary>Who said that it was made by hand, after Toss had refused it.</summary>
    public long? SettledBy { get; init; }

    /// <summary>When that was said.</summary>
    public DateTime? SettledAt { get; init; }

    /// <summary>How it was made, or why.</summary>
    public string? SettledReason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>What the payment's owner may see of it.</summary>
    internal RefundResponse ForOwner() =>
        new()
        {
            Id = Id,
            PaymentId = PaymentId,
            Amount = Amount,
            Status = Status,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
}

internal static class RefundResponseExtensions
{
    public static RefundResponse ToResponse(this Refund refund) =>
        new()
        {
            Id = refund.Id,
            PaymentId = refund.PaymentId,
            Amount = (long)refund.Amount,
            Status = refund.Status,
            Reason = refund.Reason,
            Actor = refund.Actor,
            UserId = refund.UserId,
            TransactionKey = refund.TransactionKey,
            TossCode = refund.TossCode,
            TossMessage = refund.TossMessage,
            TransferredBy = refund.TransferredBy,
            RetriedBy = refund.RetriedBy,
            RetriedAt = refund.RetriedAt,
            SettledBy = refund.SettledBy,
            SettledAt = refund.SettledAt,
            SettledReason = refund.SettledReason,
            CreatedAt = refund.CreatedAt,
            UpdatedAt = refund.UpdatedAt,
        };
}
