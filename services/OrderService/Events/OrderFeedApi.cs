using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.OrderService.Events;

/// <summary>The feed for other services, which keep the position up to which they have read.</summary>
internal static class OrderFeedApi
{
    private const int DefaultLimit = 100;

    public static void MapOrderFeed(this IEndpointRouteBuilder app) =>
        app.MapGet("/orders/events", ReadAsync).CalledBy(ServiceNames.Payments);

    private static async Task<Ok<OrderFeedResponse>> ReadAsync(
        OrderEventStore feed,
        CancellationToken cancellationToken,
        [Range(0, long.MaxValue)] long after = 0,
        [Range(1, 1000)] int limit = DefaultLimit
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

/// <summary>A piece of the feed.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Last">The position to ask for what comes after.</param>
public sealed record OrderFeedResponse(IReadOnlyList<OrderEventResponse> Events, long Last);

/// <summary>Something that happened to an order.</summary>
/// <param name="Position">Its place in the feed.</param>
/// <param name="Type">What happened.</param>
/// <param name="OrderId">The order's id.</param>
/// <param name="OrderNumber">The order's number.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="TraceParent">The trace in which it happened.</param>
/// <param name="Data">What else there is to tell of this type of event.</param>
public sealed record OrderEventResponse(
    long Position,
    OrderEventType Type,
    long OrderId,
    string OrderNumber,
    DateTime OccurredAt,
    string? TraceParent,
    JsonElement Data
);
