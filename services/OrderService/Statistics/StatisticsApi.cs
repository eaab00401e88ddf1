using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.OrderService.Statistics;

internal static class StatisticsApi
{
    private const int DefaultDays = 30;

    private const int MaxDays = 92;

    // Far enough from both ends of time to compute days and hours around it.
    private static readonly DateOnly s_firstDay = new(2000, 1, 1);
    private static readonly DateOnly s_lastDay = new(2199, 12, 31);

    public static void AddStatistics(this IHostApplicationBuilder builder) => builder.Services.AddScoped<SalesReader>();

    public static void MapStatistics(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/orders/statistics", ReadAsync)
            .RequireAuthorization(Policies.Admin)
            .WithTags("Orders")
            .WithName("ReadOrderStatistics")
            .WithSummary("Orders and sales of a period: by day, by status, and what sold best.")
            .WithDescription(
                $"""
                Sales are the totals of the orders that are paid, on the day on which they were placed; `orders` counts all that were
                placed, but the cancelled ones. Both days belong to the period, which has {MaxDays} days at most; by default it is
                the last {DefaultDays} days. Days begin and end by the clocks of the time zone.
                """
            );

    private static async Task<Results<Ok<SalesStatistics>, ValidationProblem>> ReadAsync(
        [Description("The first day.")] DateOnly? from,
        [Description("The last day; by default today.")] DateOnly? to,
        [Description("The IANA name of the time zone.")]
        [TimeZoneName]
        [DefaultValue(ShopTimeZone.Default)]
            string? timeZone,
        SalesReader sales,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var zone = ShopTimeZone.Find(timeZone);
        var last = to ?? zone.DayAt(time.GetUtcNow().UtcDateTime);
        if (last < s_firstDay || last > s_lastDay)
        {
            return Problems.Invalid(nameof(to), $"The field to must be from {s_firstDay:O} to {s_lastDay:O}.");
        }

        var first = from ?? last.AddDays(1 - DefaultDays);
        if (first > last || last.DayNumber - first.DayNumber >= MaxDays)
        {
            return Problems.Invalid(
                nameof(from),
                $"The field from must not be after to, and the period has {MaxDays} days at most."
            );
        }

        return TypedResults.Ok(await sales.ReadAsync(first, last, zone, cancellationToken));
    }
}
