using System.Text.Json;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>
/// Compares every night, in one of the replicas, and makes up for missed nights. While order-svc or Toss is away, the
/// comparison is tried again.
/// </summary>
public sealed class NightlyReconciliation(
    IServiceScopeFactory scopes,
    ReconciliationMetrics metrics,
    IOptions<ReconciliationOptions> options,
    TimeProvider time,
    ILogger<NightlyReconciliation> logger
) : PeriodicWork(options.Value.CheckInterval, time, logger)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(30);

    private readonly ReconciliationOptions _settings = options.Value;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!_settings.Nightly)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var calendar = scope.ServiceProvider.GetRequiredService<ReconciliationStore>();
        var claim = Guid.NewGuid();
        ReconciliationPeriod? period;
        // A trace every minute is only noise.
        using (Untraced.Begin())
        {
            period = await calendar.ClaimAsync(claim, cancellationToken);
        }

        if (period is not null)
        {
            try
            {
                await RunAsync(scope.ServiceProvider, claim, period, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await calendar.FreeAsync(claim, CancellationToken.None);
                throw;
            }
        }

        using var untraced = Untraced.Begin();
        metrics.SetLast(await calendar.FindLastAsync(ReconciliationRunStatus.Complete, cancellationToken));
    }

    private async Task RunAsync(
        IServiceProvider services,
        Guid claim,
        ReconciliationPeriod period,
        CancellationToken cancellationToken
    )
    {
        var startedAt = Time.GetStorableNow();
        ReconciliationReport? report = null;
        string? why = null;
        using var timeout = new CancellationTokenSource(_settings.MaxDuration - s_margin, Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            report = await services
                .GetRequiredService<Reconciler>()
                .RunAsync(period.From, period.To, period.Grace, stop.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            why =
                timeout.IsCancellationRequested ? "It took too long."
                : exception.IsServiceFailure() ? exception.Message
                : exception.GetType().Name;
            var level =
                exception.IsServiceFailure() || exception.IsDatabaseFailure() ? LogLevel.Warning : LogLevel.Error;
            logger.Log(
                level,
                exception,
                "Orders, payments and Toss could not be compared; it is tried again in {Pause}",
                _settings.RetryAfter
            );
        }

        var run = new ReconciliationRun
        {
            Claim = claim,
            Status = report is null ? ReconciliationRunStatus.Failed : ReconciliationRunStatus.Complete,
            PeriodFrom = period.From,
            PeriodTo = period.To,
            StartedAt = startedAt,
            FinishedAt = Time.GetStorableNow(),
            Why = why?.Cut(ReconciliationRun.MaxWhyLength),
            Differences = report?.Counts.Values.Sum() ?? 0,
            Settling = report?.Settling.Count ?? 0,
            Counts = JsonSerializer.Serialize(report?.Counts ?? new Dictionary<string, int>(), ShopJson.Options),
        };
        if (!await services.GetRequiredService<ReconciliationStore>().EndAsync(run, cancellationToken))
        {
            logger.LogWarning("A comparison took so long that another one has begun; its result is not kept");
        }
        else if (run.Differences > 0)
        {
            logger.LogError(
                "Orders, payments and Toss differ in {Count} cases: {Counts}; somebody must look",
                run.Differences,
                run.Counts
            );
        }
        else if (report is not null)
        {
            logger.LogInformation("Orders, payments and Toss agree from {From:u} to {To:u}", period.From, period.To);
        }
    }
}
