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
        var wanted = database.Orders.AsNoTracking();
        if (from is not null)
        {
            wanted = wanted.Where(order => order.CreatedAt >= from);
        }

        if (to is not null)
        {
            wanted = wanted.Where(order => order.CreatedAt < to);
        }

        if (from is not null && to is not null)
        {
            wanted = await OrderPeriod.NarrowAsync(wanted, cancellationToken);
        }

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
    )
    {
        var pay = new OrderCommand.Pay(request.PaymentId!.Value, request.Amount!.Value, request.ToActor());
        return Answer(await orders.DoAsync(OrderKey.Of(orderNumber), pay, cancellationToken));
    }

    private static async Task<Results<Ok<PayableOrder>, ProblemHttpResult>> RefundAsync(
        string orderNumber,
        RefundRequest request,
        OrderLifecycle orders,
        CancellationToken cancellationToken
    )
    {
        var refund = new OrderCommand.Refund(request.PaymentId!.Value, request.ToActor());
        return Answer(await orders.DoAsync(OrderKey.Of(orderNumber), refund, cancellationToken));
    }

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

/// <summary>What somebody says of the money for an order.</summary>
public abstract record MoneyRequest
{
    /// <summary>The payment's id.</summary>
    [Required]
    [Range(1, long.MaxValue)]
    public long? PaymentId { get; init; }

    /// <summary>In which role somebody says so.</summary>
    [Required]
    public OrderActor? Actor { get; init; }

    /// <summary>The user who says so, if it is one.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>Why, for the order's history; payment-svc has kept it already, and is not refused for it.</summary>
    [MaxLength(200)]
    [JsonConverter(typeof(ExactConverter))]
    public string? Reason { get; init; }

    internal Actor ToActor() => new(Actor!.Value, UserId, Reason);
}

/// <summary>Money that has come for an order.</summary>
public sealed record PaidRequest : MoneyRequest
{
    /// <summary>How much, in won.</summary>
    [Required]
    public decimal? Amount { get; init; }
}

/// <summary>All of the money for an order goes back.</summary>
public sealed record RefundRequest : MoneyRequest;

/// <summary>A bank transfer that has been seen on the shop's account.</summary>
public sealed record DepositRequest
{
    /// <summary>When, by payment-svc's clock: which one it is, where it is said to have come to nothing.</summary>
    [Required]
    public DateTime? SeenAt { get; init; }
}

/// <summary>An order, as far as paying for it goes.</summary>
/// <param name="Id">The id.</param>
/// <param name="OrderNumber">The public number.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="TotalPrice">What it costs, in won.</param>
/// <param name="PaymentMethod">How it is paid.</param>
/// <param name="DepositorName">In whose name a bank transfer comes.</param>
/// <param name="PayBy">When the money must be there.</param>
/// <param name="Held">Whether a card charge may be under way.</param>
/// <param name="PaymentId">The payment that paid for it.</param>
/// <param name="ByHand">Why it was confirmed or shipped without a payment, if it was.</param>
/// <param name="CreatedAt">When it was placed.</param>
/// <param name="UpdatedAt">When it last changed.</param>
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

/// <summary>Orders by id.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="Last">The id to ask for what comes after.</param>
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
