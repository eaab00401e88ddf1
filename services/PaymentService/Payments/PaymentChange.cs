namespace MsaShop.PaymentService.Payments;

public enum PaymentActor
{
    Customer,
    Admin,

    /// <summary>The shop by itself.</summary>
    System,
}

public sealed record Actor(PaymentActor Role, long? UserId, string? Reason)
{
    public static Actor Shop(string reason) => new(PaymentActor.System, UserId: null, reason);
}

/// <summary>One change of a payment's status. Rows are never changed.</summary>
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
