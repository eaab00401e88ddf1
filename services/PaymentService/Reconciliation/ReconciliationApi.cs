using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.PaymentService.Reconciliation;

internal static class ReconciliationApi
{
    public static void AddReconciliation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<OrderSnapshots>(ServiceNames.Orders);
        builder
            .Services.AddValidatedOptions<ReconciliationOptions>("Reconciliation")
            .AddScoped<Reconciler>()
            .AddScoped<ReconciliationStore>()
            .AddSingleton<ReconciliationMetrics>()
            .AddPeriodicWork<NightlyReconciliation>()
            .AddPeriodicWork<ReconciliationRunCleaner>();
    }

    public static RouteGroupBuilder MapReconciliation(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization(Policies.Admin).WithTags("Reconciliation");

        group
            .MapGet("/reconciliation", ReconcileAsync)
            .WithName("Reconcile")
            .WithSummary("Compares orders, payments and Toss; lists no difference when all is well.");
        group
            .MapGet("/reconciliation/latest", GetLatestAsync)
            .WithName("GetLatestReconciliation")
            .WithSummary("What the last comparison has found that the shop made by itself.");
        group
            .MapGet("/reconciliation/runs", ListRunsAsync)
            .WithName("ListReconciliationRuns")
            .WithSummary("The comparisons of the last 90 days that the shop made by itself, newest first.");

        return group;
    }

    private static async Task<Ok<LatestReconciliation>> GetLatestAsync(
        ReconciliationStore calendar,
        PaymentDbContext database,
        IOptions<ReconciliationOptions> settings,
        CancellationToken cancellationToken
    )
    {
        var complete = await calendar.FindLastAsync(ReconciliationRunStatus.Complete, cancellationToken);
        var failed = await calendar.FindLastAsync(ReconciliationRunStatus.Failed, cancellationToken);
        var next = settings.Value.Nightly
            ? await database
                .ReconciliationSchedules.Select(schedule => (DateTime?)schedule.NextAt)
                .SingleOrDefaultAsync(cancellationToken)
            : null;
        return TypedResults.Ok(
            new LatestReconciliation(
                complete is null ? null : ReconciliationRunResponse.Of(complete),
                failed is null || failed.Id < complete?.Id ? null : ReconciliationRunResponse.Of(failed),
                settings.Value.Nightly,
                next
            )
        );
    }

    private static async Task<Results<Ok<PagedList<ReconciliationRunResponse>>, ValidationProblem>> ListRunsAsync(
        [AsParameters] PageRequest page,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var runs = database.ReconciliationRuns.AsNoTracking();
        var total = await runs.LongCountAsync(cancellationToken);
        var items = await page.Apply(runs.OrderByDescending(run => run.Id)).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage([.. items.Select(ReconciliationRunResponse.Of)], total));
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

/// <summary>The latest nightly comparisons.</summary>
/// <param name="Complete">The last one that could be made; null if there is none yet.</param>
/// <param name="Failed">The one that could not be made since; null if there is none.</param>
public sealed record LatestReconciliation(
    ReconciliationRunResponse? Complete,
    ReconciliationRunResponse? Failed,
    bool Nightly,
    DateTime? NextAt
);

/// <summary>A nightly comparison of a period, <paramref name="To"/> exclusive.</summary>
/// <param name="Why">Why it could not be made.</param>
/// <param name="Differences">How many differences there are.</param>
/// <param name="Settling">How many more there are that may still settle by themselves.</param>
/// <param name="Counts">The differences by kind; only kinds that occur.</param>
public sealed record ReconciliationRunResponse(
    long Id,
    ReconciliationRunStatus Status,
    DateTime From,
    DateTime To,
    DateTime StartedAt,
    DateTime FinishedAt,
    string? Why,
    int Differences,
    int Settling,
    IReadOnlyDictionary<string, int> Counts
)
{
    internal static ReconciliationRunResponse Of(ReconciliationRun run) =>
        new(
            run.Id,
            run.Status,
            run.PeriodFrom,
            run.PeriodTo,
            run.StartedAt,
            run.FinishedAt,
            run.Why,
            run.Differences,
            run.Settling,
            JsonSerializer.Deserialize<Dictionary<string, int>>(run.Counts, ShopJson.Options) ?? []
        );
}

/// <summary>Which period to compare.</summary>
public sealed record ReconciliationRequest
{
    /// <summary>Orders placed, and money moved, at this time or later; by default a day before the end.</summary>
    public DateTime? From { get; init; }

    /// <summary>Orders placed, and money moved, before this time; now by default.</summary>
    public DateTime? To { get; init; }

    /// <summary>What changed fewer seconds ago is listed apart, as still settling; 120 by default.</summary>
    [Range(0, 86_400)]
    public int? Grace { get; init; }
}

/// <summary>A period to compare.</summary>
/// <param name="Grace">How long a change may still be settling.</param>
internal sealed record ReconciliationPeriod(DateTime From, DateTime To, TimeSpan Grace)
{
    private const int DefaultGraceSeconds = 120;

    private static readonly TimeSpan s_default = TimeSpan.FromDays(1);

    /// <summary>The longest period that is compared at once.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(31);

    /// <summary>Why it cannot be compared; null if it can.</summary>
    public string? Problem =>
        From >= To ? "The period must begin before it ends."
        : To - From > Max ? $"The period must be no longer than {Max.TotalDays:0} days."
        : null;

    public static ReconciliationPeriod Create(DateTime? from, DateTime? to, int? graceSeconds, DateTime now)
    {
        var end = to is { } until ? until.AsUtc() : now;
        return new ReconciliationPeriod(
            from is { } start ? start.AsUtc()
                : end > DateTime.MinValue + s_default ? end - s_default
                : DateTime.MinValue,
            end,
            TimeSpan.FromSeconds(graceSeconds ?? DefaultGraceSeconds)
        );
    }
}
