using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.OrderService.Paying;

/// <summary>Endpoints for payment-svc.</summary>
internal static class PayingApi
{
    private static readonly Func<OrderDbContext, string, CancellationToken, Task<Order?>> s_find = EF.CompileAsyncQuery(
        (OrderDbContext database, string orderNumber, CancellationToken _) =>
            database.Orders.AsNoTracking().FirstOrDefault(order => order.OrderNumber == orderNumber)
    );

    public static void MapPaying(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/orders").CalledBy(ServiceNames.Payments);
        orders.MapGet("/", ListAsync);
        orders.MapHeldOrders();
        orders.MapGet(
            "/by-id/{id:long}",
            async (long id, OrderDbContext database, CancellationToken token) =>
                Answer(await database.Orders.AsNoTracking().FirstOrDefaultAsync(order => order.Id == id, token))
        );
        orders.MapGet(
            "/{orderNumber}",
            async (string orderNumber, OrderDbContext database, CancellationToken token) =>
                Answer(await s_find(database, orderNumber, token))
        );
        orders.MapPost("/{orderNumber}/hold", HoldAsync).Refuses(StatusCodes.Status409Conflict, "order_not_payable");
        orders.MapPost("/{orderNumber}/release", ReleaseAsync);
        orders
            .MapPost("/{orderNumber}/paid", PayAsync)
            .Refuses(StatusCodes.Status409Conflict, "order_closed", "already_paid", "amount_mismatch");
        orders.MapPost("/{orderNumber}/refund", RefundAsync);
        orders
            .MapPost("/{orderNumber}/deposit", SeeDepositAsync)
            .Refuses(StatusCodes.Status409Conflict, "order_not_payable");
        orders.MapPost("/{orderNumber}/deposit/undo", ForgetDepositAsync);
    }

    private static async Task<Ok<PayableOrderPage>> ListAsync(
        OrderDbContext database,
        CancellationToken cancellationToken,
        DateTime? from = null,
        DateTime? to = null,
        [Range(0, long.MaxValue)] long after = 0,
        [Range(1, 1000)] int limit = 100
    )
    {
        var period = new OrderFilter { From = from, To = to };
        var wanted = await period.FilterByIdAsync(database.Orders.AsNoTracking(), cancellationToken);
        var orders = await wanted
            .Where(order => order.Id > after)
            .OrderBy(order => order.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new PayableOrderPage(
                [.. orders.Select(order => order.ToPayableOrder())],
                orders.LastOrDefault()?.Id ?? after
            )
        );
    }

    private static async Task<Results<Ok<PayableOrder>, ProblemHttpResult>> HoldAsync(
        string orderNumber,
        OrderLifecycle orders,
        CancellationToken cancellationToken,
        [Range(1, long.MaxValue)] long? attempt = null
    ) => Answer(await orders.DoAsync(OrderKey.Of(orderNumber), new OrderCommand.Hold(attempt), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> ReleaseAsync(
        string orderNumber,
        OrderLifecycle orders,
        CancellationToken cancellationToken,
        [Range(1, long.MaxValue)] long? attempt = null
    ) => Confirm(await orders.DoAsync(OrderKey.Of(orderNumber), new OrderCommand.Release(attempt), cancellationToken));

    private static async Task<Results<Ok<PayableOrder>, ProblemHttpResult>> PayAsync(
        string orderNumber,
        PaidRequest request,
        OrderLifecycle orders,
        CancellationToken cancellationToken
    ) => Answer(await orders.DoAsync(OrderKey.Of(orderNumber), request.ToCommand(), cancellationToken));

    private static async Task<Results<Ok<PayableOrder>, ProblemHttpResult>> RefundAsync(
        string orderNumber,
        RefundRequest request,
        OrderLifecycle orders,
        CancellationToken cancellationToken
    ) => Answer(await orders.DoAsync(OrderKey.Of(orderNumber), request.ToCommand(), cancellationToken));

    private static async Task<Results<Ok<PayableOrder>, ProblemHttpResult>> SeeDepositAsync(
        string orderNumber,
        DepositRequest request,
        OrderLifecycle orders,
        CancellationToken cancellationToken
    )
    {
        var see = new OrderCommand.SeeDeposit(request.SeenAt!.Value);
        return Answer(await orders.DoAsync(OrderKey.Of(orderNumber), see, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ForgetDepositAsync(
        string orderNumber,
        DepositRequest request,
        OrderLifecycle orders,
        CancellationToken cancellationToken
    )
    {
        var forget = new OrderCommand.ForgetDeposit(request.SeenAt!.Value);
        return Confirm(await orders.DoAsync(OrderKey.Of(orderNumber), forget, cancellationToken));
    }

    private static Results<Ok<PayableOrder>, ProblemHttpResult> Answer(Order? order) =>
        order is null ? Problems.NotFound("order") : TypedResults.Ok(order.ToPayableOrder());

    private static Results<Ok<PayableOrder>, ProblemHttpResult> Answer(OrderOutcome outcome) =>
        outcome switch
        {
            OrderOutcome.Done(var order, _, _) => TypedResults.Ok(order.ToPayableOrder()),
            OrderOutcome.Refused(var order, var why) => Refuse(order, why),
            _ => Problems.NotFound("order"),
        };

    private static Results<NoContent, ProblemHttpResult> Confirm(OrderOutcome outcome) =>
        outcome is OrderOutcome.NotFound ? Problems.NotFound("order") : TypedResults.NoContent();

    private static ProblemHttpResult Refuse(Order order, OrderRefusal why)
    {
        var (code, detail) = why switch
        {
            OrderRefusal.NotPayable => ("order_not_payable", "The order awaits no card payment."),
            OrderRefusal.NoTransfer => ("order_not_payable", "The order awaits no bank transfer."),
            OrderRefusal.Closed => ("order_closed", "The order has been cancelled."),
            OrderRefusal.AlreadyPaid => ("already_paid", "Another payment has paid for the order."),
            OrderRefusal.AmountMismatch => ("amount_mismatch", "The order costs something else."),
            _ => throw new InvalidOperationException($"A payment is not refused with {why}."),
        };
        return Problems.Conflict(code, detail, new Dictionary<string, object?> { ["orderStatus"] = order.Status });
    }
}

/// <summary>A report about the money for an order.</summary>
public abstract record MoneyRequest
{
    /// <summary>The payment's id.</summary>
    [Required]
    [Range(1, long.MaxValue)]
    public long? PaymentId { get; init; }

    /// <summary>The role of whoever reports it.</summary>
    [Required]
    public OrderActor? Actor { get; init; }

    /// <summary>The user who reports it; null for the shop itself.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>
    /// The reason, for the order's history. It is taken exactly as payment-svc has stored it, and never refused for its
    /// letters.
    /// </summary>
    [MaxLength(200)]
    [JsonConverter(typeof(ExactConverter))]
    public string? Reason { get; init; }

    private protected Actor ToActor() => new(Actor!.Value, UserId, Reason);
}

/// <summary>Money that has arrived for an order.</summary>
public sealed record PaidRequest : MoneyRequest
{
    /// <summary>The amount, in won.</summary>
    [Required]
    public decimal? Amount { get; init; }

    internal OrderCommand.Pay ToCommand() => new(PaymentId!.Value, Amount!.Value, ToActor());
}

/// <summary>All of the money for an order goes back.</summary>
public sealed record RefundRequest : MoneyRequest
{
    internal OrderCommand.Refund ToCommand() => new(PaymentId!.Value, ToActor());
}

/// <summary>A bank transfer that was seen on the shop's account.</summary>
public sealed record DepositRequest
{
    /// <summary>When it was seen, by payment-svc's clock. An undo identifies the transfer by this time.</summary>
    [Required]
    public DateTime? SeenAt { get; init; }
}

/// <summary>An order, as payment-svc needs it.</summary>
/// <param name="UserId">The user who ordered.</param>
/// <param name="Status">The current status.</param>
/// <param name="TotalPrice">In won.</param>
/// <param name="DepositorName">The name on the expected bank transfer.</param>
/// <param name="PayBy">The deadline for the money.</param>
/// <param name="Held">Whether a card charge may be under way.</param>
/// <param name="PaymentId">The payment that paid for it.</param>
/// <param name="ByHand">Why it was confirmed or shipped by hand, without a payment; null if it was not.</param>
public sealed record PayableOrder(
    long Id,
    string OrderNumber,
    long UserId,
    OrderStatus Status,
    long TotalPrice,
    PaymentMethod PaymentMethod,
    string? DepositorName,
    DateTime PayBy,
    bool Held,
    long? PaymentId,
    string? ByHand,
    DateTime CreatedAt,
    DateTime UpdatedAt
);

/// <summary>A page of orders, by id.</summary>
/// <param name="Last">The value of <c>after</c> for the next page.</param>
public sealed record PayableOrderPage(IReadOnlyList<PayableOrder> Orders, long Last);

internal static class PayableOrderExtensions
{
    public static PayableOrder ToPayableOrder(this Order order) =>
        new(
            order.Id,
            order.OrderNumber,
            order.UserId,
            order.Status,
            (long)order.TotalPrice,
            order.PaymentMethod,
            order.DepositorName,
            order.PayBy,
            order.PaymentHold is not null,
            order.PaymentId,
            order.ByHand,
            order.CreatedAt,
            order.UpdatedAt
        );
}
