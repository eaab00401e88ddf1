using System.Globalization;
using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Orders;

/// <summary>Where an order is in its life. <see cref="OrderTransitions"/> has the moves between them.</summary>
public enum OrderStatus
{
    /// <summary>Placed; the money is awaited.</summary>
    Pending,

    /// <summary>Paid.</summary>
    Confirmed,

    /// <summary>On its way.</summary>
    Shipping,

    /// <summary>With the recipient.</summary>
    Delivered,

    /// <summary>Came to nothing; its stock goes back.</summary>
    Cancelled,
}

/// <summary>How an order is paid.</summary>
public enum PaymentMethod
{
    /// <summary>By card, through Toss Payments.</summary>
    Card,

    /// <summary>By transfer to the shop's bank account.</summary>
    BankTransfer,
}

/// <summary>What a shopper has ordered.</summary>
public sealed class Order
{
    public long Id { get; internal set; }

    /// <summary>Public, and not guessable.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The shopper.</summary>
    public required long UserId { get; init; }

    /// <summary>Where news of the order goes.</summary>
    public required string Email { get; init; }

    /// <summary>Changed only by <see cref="OrderTransitions"/>.</summary>
    public OrderStatus Status { get; internal set; } = OrderStatus.Pending;

    /// <summary>The sum of all lines, in won.</summary>
    public required decimal TotalPrice { get; init; }

    public required PaymentMethod PaymentMethod { get; init; }

    /// <summary>Who gets the goods, and where.</summary>
    public Recipient? Recipient { get; init; }

    public string? DepositorName { get; init; }

    /// <summary>The deadline for the money.</summary>
    public required DateTime PayBy { get; init; }

    /// <summary>
    /// Since when a card charge may be under way; null if none is. Until its outcome is known, the order is neither
    /// cancelled nor confirmed otherwise.
    /// </summary>
    public DateTime? PaymentHold { get; internal set; }

    /// <summary>
    /// The last card attempt, in payment-svc's ascending count, that has held or released the order. It tells late calls of
    /// earlier attempts, and a late hold of one that has released the order.
    /// </summary>
    public long? HoldAttempt { get; internal set; }

    /// <summary>The payment, at payment-svc, that paid for it.</summary>
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
    /// Whether it is paid by card and no money is known. Confirming a bank transfer's order says that its money is there.
    /// </summary>
    internal bool LacksPayment => PaymentMethod == PaymentMethod.Card && PaymentId is null && ByHand is null;

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>An opaque tag of the order's state; every change gives a new one.</summary>
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

    /// <summary>The price of one, in won.</summary>
    public required decimal Price { get; init; }

    public required int Quantity { get; init; }
}

/// <summary>Who gets the goods, and where.</summary>
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
