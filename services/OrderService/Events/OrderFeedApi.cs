using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.OrderService.Events;

/// <summary>The event feed. Its readers store the position up to which they have read.</summary>
internal static class OrderFeedApi
{
    public static void MapOrderFeed(this IEndpointRouteBuilder app) =>
        app.MapGet("/orders/events", ReadAsync).CalledBy(ServiceNames.Payments);

    private static async Task<Ok<OrderFeedResponse>> ReadAsync(
        OrderEventStore feed,
        CancellationToken cancellationToken,
        [Range(0, long.MaxValue)] long after = 0,
        [Range(1, 1000)] int limit = 100
    )
    {
        var events = await feed.ReadAsync(after, limit, cancellationToken);
        return TypedResults.Ok(
            new OrderFeedResponse(
                [
                    .. events.Select(e => new OrderEventResponse(
                        e.Position!.Value,
                        e.Type,
                        e.OrderId,
                        e.OrderNumber,
                        e.OccurredAt,
                        e.TraceParent,
                        JsonSerializer.Deserialize<JsonElement>(e.Data)
                    )),
                ],
                events.LastOrDefault()?.Position ?? after
            )
        );
    }
}

/// <summary>A page of the event feed.</summary>
/// <param name="Events">Oldest first.</param>
/// <param name="Last">The value of <c>after</c> for the next page.</param>
public sealed record OrderFeedResponse(IReadOnlyList<OrderEventResponse> Events, long Last);

/// <summary>An event of an order.</summary>
/// <param name="Position">The place in the feed.</param>
/// <param name="Type">What happened.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="TraceParent">The trace context of the change.</param>
/// <param name="Data">Details; their shape depends on the type.</param>
public sealed record OrderEventResponse(
    long Position,
    OrderEventType Type,
    long OrderId,
    string OrderNumber,
    DateTime OccurredAt,
    string? TraceParent,
    JsonElement Data
);
