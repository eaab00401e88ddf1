using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Orders;

internal static class OrdersApi
{
    public static void AddOrders(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<PaymentTermsOptions>("PaymentTerms")
            .AddValidatedOptions<BankAccount>(nameof(BankAccount))
            .AddSingleton<OrderMetrics>()
            .AddPeriodicWork<DeadlineSweeper>()
            .AddPeriodicWork<OrderCounting>();

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/orders").RequireAuthorization().WithTags("Orders");

        group
            .MapGet("/", ListAsync)
            .WithName("ListOrders")
            .WithSummary("One's own orders, newest first; for admins everyone's.")
            .WithDescription(LongList.SearchDescription);
        group.MapGet("/{id:long}", GetAsync).WithName("GetOrder").WithSummary("An order with its history.");
        group
            .MapPost("/{id:long}/cancel", CancelAsync)
            .WithName("CancelOrder")
            .WithSummary("Cancels one's own order before it is shipped.")
            .WithDescription(
                "Its stock goes back, and so does the money if it is paid. While a card charge may be under way the answer is 409 `payment_in_progress`."
            );
        group
            .MapPatch("/{id:long}/status", ChangeStatusAsync)
            .RequireAuthorization(Policies.Admin)
            .WithName("ChangeOrderStatus")
            .WithSummary("Moves an order to another status.")
            .WithDescription(
                """
                PENDING to CONFIRMED to SHIPPING to DELIVERED, and PENDING or CONFIRMED to CANCELLED; anything else is 409
                `illegal_status_change`. While a card charge may be under way the answer is 409 `payment_in_progress`.

                A bank transfer is there when an admin confirms its order. A card order is confirmed by its payment: confirmed or
                shipped without one, the answer is 409 `payment_required`. With `byHand` it goes on all the same, for the `reason`,
                which is then required, and stands in the reconciliation.

                With `If-Match`, an order that somebody has changed since is not moved: the answer is 412 `changed_meanwhile` with the
                order as it is now in `current`. The tag is the order's `version` in quotes.
                """
            );

        group.MapOrderExport();
    }

    private static async Task<Ok<PagedList<OrderResponse>>> ListAsync(
        [AsParameters] OrderFilter filter,
        [AsParameters] OrderPage page,
        CurrentUser caller,
        OrderDbContext database,
        IOptions<BankAccount> account,
        CancellationToken cancellationToken
    )
    {
        var matching = filter.Filter(VisibleTo(caller, database));
        var orders = await page.Apply(page.Order(matching))
            .Include(order => order.Items.OrderBy(item => item.Id))
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var total = await page.CountAsync(matching, orders.Count, cancellationToken);
        return TypedResults.Ok(page.ToPage([.. orders.Select(order => order.ToResponse(account.Value))], total));
    }

    private static async Task<Results<Ok<OrderResponse>, ProblemHttpResult>> GetAsync(
        long id,
        CurrentUser caller,
        OrderDbContext database,
        IOptions<BankAccount> account,
        HttpResponse response,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(id, caller, database, account.Value, cancellationToken) is { } order
            ? TypedResults.Ok(Tag(order, response))
            : Problems.NotFound("order");

    private static async Task<Results<Ok<OrderResponse>, ProblemHttpResult>> CancelAsync(
        long id,
        CancelRequest? request,
        CurrentUser caller,
        OrderLifecycle orders,
        OrderDbContext database,
        IOptions<BankAccount> account,
        CancellationToken cancellationToken
    )
    {
        var shopper = new Actor(OrderActor.Customer, caller.Id, request?.Reason);
        var outcome = await orders.DoAsync(
            OrderKey.Of(id, caller.Id),
            new OrderCommand.Move(OrderStatus.Cancelled, shopper),
            cancellationToken
        );
        return await AnswerAsync(outcome, OrderStatus.Cancelled, id, caller, database, account.Value);
    }

    private static async Task<Results<Ok<OrderResponse>, ProblemHttpResult, ValidationProblem>> ChangeStatusAsync(
        long id,
        [WordOf<OrderStatus>] string? status,
        [MaxLength(200)] string? reason,
        [Description("Whether a card order goes on without a payment; wants a reason.")] bool? byHand,
        [FromHeader(Name = IfMatch.HeaderName)] string? ifMatch,
        CurrentUser caller,
        OrderLifecycle orders,
        OrderDbContext database,
        IOptions<BankAccount> account,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!IfMatch.IsValid(ifMatch))
        {
            return Problems.Invalid(IfMatch.HeaderName, IfMatch.Requirement);
        }

        if (EnumWords.Parse<OrderStatus>(status) is not { } to)
        {
            return Problems.Invalid("status", "The field status is required.");
        }

        if (byHand == true && string.IsNullOrWhiteSpace(reason))
        {
            return Problems.Invalid("reason", "By hand, the field reason is required.");
        }

        var admin = new Actor(OrderActor.Admin, caller.Id, reason);
        var outcome = await orders.DoAsync(
            OrderKey.Of(id),
            new OrderCommand.Move(to, admin, byHand ?? false, ifMatch),
            cancellationToken
        );
        var answer = await AnswerAsync(outcome, to, id, caller, database, account.Value);
        return answer.Result is Ok<OrderResponse> { Value: { } order }
            ? TypedResults.Ok(Tag(order, response))
            : (ProblemHttpResult)answer.Result;
    }

    private static async Task<Results<Ok<OrderResponse>, ProblemHttpResult>> AnswerAsync(
        OrderOutcome outcome,
        OrderStatus to,
        long id,
        CurrentUser caller,
        OrderDbContext database,
        BankAccount account
    ) =>
        outcome switch
        {
            OrderOutcome.Refused(var order, OrderRefusal.IllegalMove) => Problems.Conflict(
                "illegal_status_change",
                "The order cannot go there from where it is.",
                new Dictionary<string, object?> { ["from"] = order.Status, ["to"] = to }
            ),
            OrderOutcome.Refused(_, OrderRefusal.PaymentInProgress) => Problems.Conflict(
                "payment_in_progress",
                "A card payment for the order is under way. Try again when it has ended."
            ),
            OrderOutcome.Refused(_, OrderRefusal.PaymentRequired) => Problems.Conflict(
                "payment_required",
                "The order is paid by card, and no payment for it is known."
            ),
            OrderOutcome.Refused(_, OrderRefusal.ChangedMeanwhile)
                when await FindAsync(id, caller, database, account, CancellationToken.None) is { } current =>
                Problems.ChangedMeanwhile("order", current),
            OrderOutcome.Done
                when await FindAsync(id, caller, database, account, CancellationToken.None) is { } moved =>
                TypedResults.Ok(moved),
            _ => Problems.NotFound("order"),
        };

    private static async Task<OrderResponse?> FindAsync(
        long id,
        CurrentUser caller,
        OrderDbContext database,
        BankAccount account,
        CancellationToken cancellationToken
    )
    {
        var order = await VisibleTo(caller, database)
            .Include(order => order.Items.OrderBy(item => item.Id))
            .Include(order => order.History)
            .AsSplitQuery()
            .FirstOrDefaultAsync(order => order.Id == id, cancellationToken);
        return order?.ToDetailedResponse(account, caller.IsAdmin);
    }

    private static OrderResponse Tag(OrderResponse order, HttpResponse response)
    {
        response.Headers.ETag = IfMatch.ToTag(order.Version);
        return order;
    }

    private static IQueryable<Order> VisibleTo(CurrentUser caller, OrderDbContext database)
    {
        var orders = database.Orders.AsNoTracking();
        if (caller.IsAdmin)
        {
            return orders;
        }

        var userId = caller.Id;
        return orders.Where(order => order.UserId == userId);
    }
}

/// <summary>Why an order is cancelled.</summary>
public sealed record CancelRequest
{
    /// <summary>The reason, in the shopper's words.</summary>
    [MaxLength(200)]
    public string? Reason { get; init; }
}
