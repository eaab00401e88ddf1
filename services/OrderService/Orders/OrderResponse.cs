namespace MsaShop.OrderService.Orders;

/// <summary>An order, as its owner and the shop see it.</summary>
public sealed record OrderResponse
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The public number: what Toss Payments gets as its <c>orderId</c>.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The user who ordered.</summary>
    public required long UserId { get; init; }

    /// <summary>Where news of the order goes.</summary>
    public required string Email { get; init; }

    /// <summary>The current status.</summary>
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

    /// <summary>The deadline for the money.</summary>
    public required DateTime PayBy { get; init; }

    /// <summary>Whether a card charge may be under way; the order cannot be cancelled meanwhile.</summary>
    public required bool PaymentInProgress { get; init; }

    /// <summary>When the order was placed.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the order last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>An opaque tag of the order's state, for <c>If-Match</c>; every change makes a new one.</summary>
    public required string Version { get; init; }

    /// <summary>The moves so far, oldest first; absent in lists.</summary>
    public IReadOnlyList<OrderStatusChangeResponse>? History { get; init; }
}

/// <summary>A line of an order.</summary>
/// <param name="ProductName">The product's name when it was ordered.</param>
/// <param name="Price">The price of one when it was ordered, in won.</param>
public sealed record OrderItemResponse(long ProductId, string ProductName, long Price, int Quantity);

/// <summary>The account to pay into, and in whose name.</summary>
/// <param name="DepositorName">The name on the transfer that the shop expects.</param>
public sealed record BankAccountResponse(string Bank, string AccountNumber, string Holder, string? DepositorName);

/// <summary>A move of an order to another status.</summary>
/// <param name="By">The role of whoever moved it.</param>
/// <param name="UserId">Shown to admins only; null for the shop itself.</param>
/// <param name="Reason">In the actor's words.</param>
/// <param name="At">When it moved.</param>
public sealed record OrderStatusChangeResponse(
    OrderStatus From,
    OrderStatus To,
    OrderActor By,
    long? UserId,
    string? Reason,
    DateTime At
);

internal static class OrderResponseExtensions
{
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
