namespace MsaShop.PaymentService.Payments;

/// <summary>Who moves a payment.</summary>
public enum PaymentActor
{
    /// <summary>The shopper who pays.</summary>
    Customer,

    /// <summary>Someone who manages the shop.</summary>
    Admin,

    /// <summary>The shop by itself.</summary>
    System,
}

/// <summary>Who moves a payment, and why.</summary>
/// <param name="Role">In which role.</param>
/// <param name="UserId">The user, if it is one.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record Actor(PaymentActor Role, long? UserId, string? Reason)
{
    /// <summary>The shop by itself.</summary>
    public static Actor Shop(string reason) => new(PaymentActor.System, UserId: null, reason);
}

/// <summary>One move of a payment: who, when, from, to, why. Rows are never changed.</summary>
public sealed class PaymentChange
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The payment.</summary>
    public long PaymentId { get; init; }

    /// <summary>The status before.</summary>
    public required PaymentStatus FromStatus { get; init; }

    /// <summary>The status after.</summary>
    public required PaymentStatus ToStatus { get; init; }

    /// <summary>In which role it was done.</summary>
    public required PaymentActor Actor { get; init; }

    /// <summary>The user who did it; null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTime ChangedAt { get; init; }
}
