using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>Orders, payments and Toss side by side, for admins.</summary>
public static class ReconciliationApi
{
    /// <summary>Adds what reconciliation needs.</summary>
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddServiceClient<OrderSnapshots>(ServiceNames.Orders);
        return services.AddScoped<Reconciler>();
    }

    /// <summary>Maps <c>/api/payments/reconciliation</c>.</summary>
    public static RouteGroupBuilder MapReconciliation(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization(Policies.Admin).WithTags("Reconciliation");

        group
            .MapGet("/reconciliation", ReconcileAsync)
            .WithName("Reconcile")
            .WithSummary("Compares orders, payments and Toss; lists no difference when all is well.");

        return group;
    }

    private static async Task<Results<Ok<ReconciliationReport>, ValidationProblem>> ReconcileAsync(
        [AsParameters] ReconciliationRequest request,
        Reconciler reconciler,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var period = ReconciliationPeriod.Create(request.From, request.To, request.Grace, time.GetStorableNow());
        return period.Problem is { } problem
            ? Problems.Invalid("from", problem)
            : TypedResults.Ok(await reconciler.RunAsync(period.From, period.To, period.Grace, cancellationToken));
    }
}

/// <summary>What is to be compared.</summary>
public sealed record ReconciliationRequest
{
    /// <summary>Orders placed, and money moved, then or later; by default a day before the end.</summary>
    public DateTime? From { get; init; }

    /// <summary>And before then; now by default.</summary>
    public DateTime? To { get; init; }

    /// <summary>What changed less than so many seconds ago is listed apart, as still settling; 120 by default.</summary>
    [Range(0, 86_400)]
    public int? Grace { get; init; }
}

/// <summary>A period that can be compared.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Until when.</param>
/// <param name="Grace">How long what changed may still be settling.</param>
internal sealed record ReconciliationPeriod(DateTime From, DateTime To, TimeSpan Grace)
{
    private const int DefaultGraceSeconds = 120;

    private static readonly TimeSpan s_default = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_max = TimeSpan.FromDays(31);

    /// <summary>Why it cannot be compared; null if it can.</summary>
    public string? Problem =>
        From >= To ? "The period must begin before it ends."
        : To - From > s_max ? $"The period must be no longer than {s_max.TotalDays:0} days."
        : null;

    public static ReconciliationPeriod Create(DateTime? from, DateTime? to, int? graceSeconds, DateTime now)
    {
        var end = to is { } until ? AsUtc(until) : now;
        return new ReconciliationPeriod(
            from is { } start ? AsUtc(start)
                : end > DateTime.MinValue + s_default ? end - s_default
                : DateTime.MinValue,
            end,
            TimeSpan.FromSeconds(graceSeconds ?? DefaultGraceSeconds)
        );
    }

    private static DateTime AsUtc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
}
