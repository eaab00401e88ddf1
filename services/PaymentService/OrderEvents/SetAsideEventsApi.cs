using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.PaymentService.OrderEvents;

internal static class SetAsideEventsApi
{
    public static RouteGroupBuilder MapSetAsideEvents(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments/set-aside-events")
            .RequireAuthorization(Policies.Admin)
            .WithTags("Order events");

        group
            .MapGet("/", ListAsync)
            .WithName("ListSetAsideEvents")
            .WithSummary("Lists what has happened to orders and has had no effect on payments yet, the oldest first.");
        group
            .MapPost("/{position:long}/retry", RetryAsync)
            .WithName("RetrySetAsideEvent")
            .WithSummary("Gives an event its effect now, after those of the same order before it.")
            .WithDescription("409 `not_understood`: it, or one before it, still cannot have its effect.");

        return group;
    }

    private static async Task<Results<Ok<PagedList<SetAsideEventResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageRequest page,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var total = await database.SetAsideEvents.LongCountAsync(cancellationToken);
        var items = await page.Apply(database.SetAsideEvents.OrderBy(waiting => waiting.Position))
            .Select(waiting => new SetAsideEventResponse(
                waiting.Position,
                waiting.Type,
                waiting.OrderId,
                waiting.OrderNumber,
                waiting.OccurredAt,
                waiting.SetAsideAt,
                waiting.Why,
                database.SetAsideEvents.Any(before =>
                    before.OrderId == waiting.OrderId && before.Position < waiting.Position
                )
            ))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage(items, total));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetryAsync(
        long position,
        PaymentDbContext database,
        SetAsideEvents setAside,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .SetAsideEvents.AsNoTracking()
            .FirstOrDefaultAsync(waiting => waiting.Position == position, cancellationToken);
        if (found is null)
        {
            return Problems.NotFound("event");
        }

        var why = await setAside.TryAgainAsync(found.OrderId, cancellationToken);
        return
            why is not null
            && await database.SetAsideEvents.AnyAsync(waiting => waiting.Position == position, cancellationToken)
            ? Problems.Conflict("not_understood", why)
            : TypedResults.NoContent();
    }
}

/// <summary>An event of an order that has had no effect on its payment yet.</summary>
/// <param name="Position">Its position in order-svc's feed.</param>
/// <param name="Type">order-svc's word for what happened.</param>
/// <param name="SetAsideAt">Since when it waits.</param>
/// <param name="Why">Why it has had no effect; null until its turn comes.</param>
/// <param name="IsBehind">Whether it waits for an earlier one of the same order.</param>
public sealed record SetAsideEventResponse(
    long Position,
    string Type,
    long OrderId,
    string OrderNumber,
    DateTime OccurredAt,
    DateTime SetAsideAt,
    string? Why,
    bool IsBehind
);
