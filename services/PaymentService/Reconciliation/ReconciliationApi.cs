using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.PaymentService.Reconciliation;

internal static class ReconciliationApi
{
    public static void AddReconciliation(this WebApplicationBuilder builder)
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

/// <summary>What the shop has compared by itself.</summary>
/// <param name="Complete">The last comparison that could be made; null if there is none yet.</param>
/// <param name="Failed">The one that could not be made since; null if there is none.</param>
/// <param name="Nightly">Whether the shop compares by itself.</param>
/// <param name="NextAt">When it does so next.</param>
public sealed record LatestReconciliation(
    ReconciliationRunResponse? Complete,
    ReconciliationRunResponse? Failed,
    bool Nightly,
    DateTime? NextAt
);

/// <summary>A comparison that the shop made by itself.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">What became of it.</param>
/// <param name="From">Orders placed, and money moved, then or later.</param>
/// <param name="To">And before then.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Why">Why it could not be made.</param>
/// <param name="Differences">How much differs.</param>
/// <param name="Settling">How much differs and may still be settled by itself.</param>
/// <param name="Counts">How many differences there are of each kind that there are any of.</param>
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

    /// <summary>What is compared at once, at most.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(31);

    /// <summary>Why it cannot be compared; null if it can.</summary>
    public string? Problem =>
        From >= To ? "The period must begin before it ends."
        : To - From > Max ? $"The period must be no longer than {Max.TotalDays:0} days."
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
