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
    /// <summary>The id.</summary>
    public long Id { get; internal set; }

    /// <summary>The public number, which cannot be guessed.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>Where news of the order goes.</summary>
    public required string Email { get; init; }

    /// <summary>Where the order is in its life. What changes about an order, <see cref="OrderTransitions"/> decides.</summary>
    public OrderStatus Status { get; internal set; } = OrderStatus.Pending;

    /// <summary>The sum of all lines, in won.</summary>
    public required decimal TotalPrice { get; init; }

    /// <summary>How it is paid.</summary>
    public required PaymentMethod PaymentMethod { get; init; }

    /// <summary>Who gets the goods, and where.</summary>
    public Recipient? Recipient { get; init; }

    /// <summary>In whose name the bank transfer will arrive.</summary>
    public string? DepositorName { get; init; }

    /// <summary>When the money must be there.</summary>
    public required DateTime PayBy { get; init; }

    /// <summary>
    /// Since when a card charge may be under way; null if none is. Until it is known how that ended, the order is neither
    /// cancelled nor confirmed otherwise.
    /// </summary>
    public DateTime? PaymentHold { get; internal set; }

    /// <summary>
    /// The last attempt to charge a card that has held the order or let it go, in payment-svc, which counts them upwards. What
    /// comes late of an earlier one, or to hold the order for one that has let it go, is known by it.
    /// </summary>
    public long? HoldAttempt { get; internal set; }

    /// <summary>The payment that paid for it, in payment-svc.</summary>
    public long? PaymentId { get; internal set; }

    /// <summary>
    /// Why somebody confirmed or shipped it by hand, though it is paid by card and payment-svc has told of no money; null
    /// where nobody did.
    /// </summary>
    public string? ByHand { get; internal set; }

    /// <summary>
    /// When its bank transfer was seen, by payment-svc's clock, which is going to tell of it: no deadline cancels the order
    /// before. Null where none has been.
    /// </summary>
    public DateTime? DepositSeenAt { get; internal set; }

    /// <summary>
    /// Whether it is paid by card and no money is known of. Of a bank transfer, whoever confirms the order says that it is
    /// there.
    /// </summary>
    internal bool LacksPayment => PaymentMethod == PaymentMethod.Card && PaymentId is null && ByHand is null;

    /// <summary>When the order was placed.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the order last changed.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Which state of the order this is, as one word: it is another after each change.</summary>
    internal string Version => UpdatedAt.Ticks.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>The lines.</summary>
    public List<OrderItem> Items { get; init; } = [];

    /// <summary>The moves so far.</summary>
    public List<OrderStatusChange> History { get; init; } = [];
}

/// <summary>A line of an order: name and price are the product's when it was ordered.</summary>
public sealed class OrderItem
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The order.</summary>
    public long OrderId { get; init; }

    /// <summary>The product's id.</summary>
    public required long ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The price of one, in won.</summary>
    public required decimal Price { get; init; }

    /// <summary>How many.</summary>
    public required int Quantity { get; init; }
}

/// <summary>Who gets the goods, and where.</summary>
public sealed class Recipient
{
    /// <summary>The recipient's name.</summary>
    public required string Name { get; init; }

    /// <summary>The recipient's phone number.</summary>
    public required string Phone { get; init; }

    /// <summary>The postal code.</summary>
    public required string PostalCode { get; init; }

    /// <summary>Street and number.</summary>
    public required string Address1 { get; init; }

    /// <summary>Floor, flat and the like.</summary>
    public string? Address2 { get; init; }
}
