namespace MsaShop.PaymentService.Payments;

public enum PaymentActor
{
    /// <summary>The shopper.</summary>
    Customer,

    /// <summary>Someone who manages the shop.</summary>
    Admin,

    System,
}

/// <summary>Who changes a payment, and why.</summary>
/// <param name="UserId">Null for the shop itself.</param>
public sealed record Actor(PaymentActor Role, long? UserId, string? Reason)
{
    public static Actor Shop(string reason) => new(PaymentActor.System, UserId: null, reason);
}

/// <summary>A row of the audit trail. Never updated.</summary>
public sealed class PaymentChange
{
    public long Id { get; init; }
    public long PaymentId { get; init; }
    public required PaymentStatus FromStatus { get; init; }
    public required PaymentStatus ToStatus { get; init; }
    public required PaymentActor Actor { get; init; }

    /// <summary>Null for the shop itself.</summary>
    public long? UserId { get; init; }

    public string? Reason { get; init; }
    public required DateTime ChangedAt { get; init; }
}
