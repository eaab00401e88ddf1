namespace MsaShop.OrderService.Orders;

/// <summary>An order, as its owner and the shop see it.</summary>
public sealed record OrderResponse
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The public number: what Toss Payments gets as its <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>Where news of the order goes.</summary>
    public required string Email { get; init; }

    /// <summary>Where the order is in its life.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The sum of all lines, in won.</summary>
    public required long TotalPrice { get; init; }

    /// <summary>How it is paid.</summary>
    public required PaymentMethod PaymentMethod { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<OrderItemResponse> Items { get; init; }

    /// <summary>Who gets the goods, and where.</summary>
    public Recipient? Recipient { get; init; }

    /// <summary>The account to pay into, for a bank transfer.</summary>
    public BankAccountResponse? BankAccount { get; init; }

    /// <summary>When the money must be there.</summary>
    public required DateTime PayBy { get; init; }

    /// <summary>Whether a card charge may be under way; meanwhile the order cannot be cancelled.</summary>
    public required bool PaymentInProgress { get; init; }

    /// <summary>When the order was placed.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the order last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Which state of the order this is, as one word for <c>If-Match</c>: it is another after each change.</summary>
    public required string Version { get; init; }

    /// <summary>The moves so far, oldest first; lists do not have them.</summary>
    public IReadOnlyList<OrderStatusChangeResponse>? History { get; init; }
}

/// <summary>A line of an order.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="ProductName">The product's name when it was ordered.</param>
/// <param name="Price">The price of one when it was ordered, in won.</param>
/// <param name="Quantity">How many.</param>
public sealed record OrderItemResponse(long ProductId, string ProductName, long Price, int Quantity);

/// <summary>The account to pay into, and in whose name.</summary>
/// <param name="Bank">The bank's name.</param>
/// <param name="AccountNumber">The account's number.</param>
/// <param name="Holder">The account's holder.</param>
/// <param name="DepositorName">In whose name the shop expects the money.</param>
public sealed record BankAccountResponse(string Bank, string AccountNumber, string Holder, string? DepositorName);

/// <summary>One move of an order.</summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status after.</param>
/// <param name="By">In which role it was done.</param>
/// <param name="UserId">The user who did it; only admins see it.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
/// <param name="At">When.</param>
public sealed record OrderStatusChangeResponse(
    OrderStatus From,
    OrderStatus To,
    OrderActor By,
    long? UserId,
    string? Reason,
    DateTime At
);

/// <summary>Maps orders to responses.</summary>
internal static class OrderResponseExtensions
{
    /// <summary>Without the history.</summary>
    public static OrderResponse ToResponse(this Order order, BankAccount account) =>
        new()
        {
            Id = order.Id,
            OrderNumber = order.OrderNumber,
            UserId = order.UserId,
            Email = order.Email,
            Status = order.Status,
            TotalPrice = (long)order.TotalPrice,
            PaymentMethod = order.PaymentMethod,
            Items =
            [
                .. order.Items.Select(item => new OrderItemResponse(
                    item.ProductId,
                    item.ProductName,
                    (long)item.Price,
                    item.Quantity
                )),
            ],
            Recipient = order.Recipient,
            BankAccount =
                order.PaymentMethod == PaymentMethod.BankTransfer
                    ? new(account.Bank, account.AccountNumber, account.Holder, order.DepositorName)
                    : null,
            PayBy = order.PayBy,
            PaymentInProgress = order.PaymentHold is not null,
            CreatedAt = order.CreatedAt,
            UpdatedAt = order.UpdatedAt,
            Version = order.Version,
        };

    /// <summary>With lines and history.</summary>
    public static OrderResponse ToDetailedResponse(this Order order, BankAccount account, bool forAdmin) =>
        order.ToResponse(account) with
        {
            History =
            [
                .. order
                    .History.OrderBy(change => change.Id)
                    .Select(change => new OrderStatusChangeResponse(
                        change.FromStatus,
                        change.ToStatus,
                        change.Actor,
                        forAdmin ? change.UserId : null,
                        change.Reason,
                        change.ChangedAt
                    )),
            ],
        };
}
