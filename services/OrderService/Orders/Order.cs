using System.Globalization;
using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Orders;

/// <summary>A pending order awaits its money, a confirmed one is paid.</summary>
public enum OrderStatus
{
    Pending,
    Confirmed,
    Shipping,
    Delivered,
    Cancelled,
}

public enum PaymentMethod
{
    Card,
    BankTransfer,
}

public sealed class Order
{
    public long Id { get; internal set; }

    /// <summary>Public; cannot be guessed.</summary>
    public required string OrderNumber { get; init; }

    public required long UserId { get; init; }

    public required string Email { get; init; }

    /// <summary>Changed only by <see cref="OrderTransitions"/>.</summary>
    public OrderStatus Status { get; internal set; } = OrderStatus.Pending;

    /// <summary>In won.</summary>
    public required decimal TotalPrice { get; init; }

    public required PaymentMethod PaymentMethod { get; init; }

    public Recipient? Recipient { get; init; }

    public string? DepositorName { get; init; }

    public required DateTime PayBy { get; init; }

    /// <summary>
    /// Since when a card charge may be under way; null if none is. Until its outcome is known, the order is neither
    /// cancelled nor confirmed otherwise.
    /// </summary>
    public DateTime? PaymentHold { get; internal set; }

    /// <summary>
    /// The last card attempt that has held or released the order; payment-svc numbers them upwards. It exposes late
    /// calls: those of earlier attempts, and a hold by one that has released the order.
    /// </summary>
    public long? HoldAttempt { get; internal set; }

    /// <summary>The payment, in payment-svc, that paid for it.</summary>
    public long? PaymentId { get; internal set; }

    /// <summary>
    /// Why somebody confirmed or shipped a card order by hand before payment-svc reported its money; null if nobody did.
    /// </summary>
    public string? ByHand { get; internal set; }

    /// <summary>
    /// When its bank transfer was seen, by payment-svc's clock: the deadline waits until payment-svc reports the payment.
    /// Null if none was.
    /// </summary>
    public DateTime? DepositSeenAt { get; internal set; }

    /// <summary>
    /// Whether a card order has no known payment. For a bank transfer, confirming the order says that the money is
    /// there.
    /// </summary>
    internal bool LacksPayment => PaymentMethod == PaymentMethod.Card && PaymentId is null && ByHand is null;

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>An opaque tag of the order's state; every change makes a new one.</summary>
    internal string Version => UpdatedAt.Ticks.ToString("x", CultureInfo.InvariantCulture);

    public List<OrderItem> Items { get; init; } = [];
    public List<OrderStatusChange> History { get; init; } = [];
}

/// <summary>A line of an order, with the product's name and price at the time of the order.</summary>
public sealed class OrderItem
{
    public long Id { get; init; }
    public long OrderId { get; init; }
    public required long ProductId { get; init; }
    public required string ProductName { get; init; }

    /// <summary>Of one, in won.</summary>
    public required decimal Price { get; init; }

    public required int Quantity { get; init; }
}

public sealed class Recipient
{
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public required string PostalCode { get; init; }

    /// <summary>Street and number.</summary>
    public required string Address1 { get; init; }

    /// <summary>Floor, flat and the like.</summary>
    public string? Address2 { get; init; }
}
