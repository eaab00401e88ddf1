using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Checks the health of whatever runs, often until it is healthy and seldom after that, and says once for each run
/// that a resource is ready.
/// </summary>
internal sealed class HealthMonitor(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    HealthCheckService checks,
    IServiceProvider services
)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_whenHealthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_checkLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Run> _runs = new(StringComparer.Ordinal);

    /// <summary>Follows the notifications until the application ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                Follow(change, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }

        await Task.WhenAll(_runs.Values.Select(run => run.EndAsync())).ConfigureAwait(false);
    }

    private void Follow(ResourceEvent change, CancellationToken cancellationToken)
    {
        var name = change.Resource.Name;
        var running = change.Snapshot.State?.Text == KnownResourceStates.Running;
        if (running && !_runs.ContainsKey(name))
        {
            _runs[name] = new Run(token => WatchAsync(change.Resource, token), cancellationToken);
        }
        else if (!running && _runs.TryGetValue(name, out var run) && !IsAnyRunning(change.Resource))
        {
            _runs.TryRemove(name, out _);
            run.Cancel();
        }
    }

    private bool IsAnyRunning(IResource resource) =>
        resource
            .GetResolvedResourceNames()
            .Any(id =>
                notifications.TryGetCurrentState(id, out var current)
                && current.Snapshot.State?.Text == KnownResourceStates.Running
            );

    private async Task WatchAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var annotations)
            ? annotations.Select(annotation => annotation.Key).ToHashSet(StringComparer.Ordinal)
            : [];
        var ready = false;
        var pause = s_shortest;
        while (true)
        {
            var healthy = keys.Count == 0 || await CheckAsync(resource, keys, cancellationToken).ConfigureAwait(false);
            if (healthy && !ready)
            {
                ready = true;
                await SayReadyAsync(resource, cancellationToken).ConfigureAwait(false);
            }

            if (keys.Count == 0)
            {
                return;
            }

            await Task.Delay(healthy ? s_whenHealthy : pause, cancellationToken).ConfigureAwait(false);
            pause = healthy ? s_shortest : Min(pause * 1.5, s_longest);
        }
    }

    private async Task<bool> CheckAsync(IResource resource, HashSet<string> keys, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_checkLimit);
        var now = DateTime.UtcNow;
        HealthReportSnapshot[] reports;
        try
        {
            var report = await checks
                .CheckHealthAsync(registration => keys.Contains(registration.Name), limit.Token)
                .ConfigureAwait(false);
            reports =
            [
                .. report.Entries.Select(entry => new HealthReportSnapshot(
                    entry.Key,
                    entry.Value.Status,
                    entry.Value.Description,
                    entry.Value.Exception?.Message
                )
                {
                    LastRunAt = now,
                }),
            ];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reports =
            [
                .. keys.Select(key => new HealthReportSnapshot(
                    key,
                    HealthStatus.Unhealthy,
                    $"No answer within {s_checkLimit.TotalSeconds:0} seconds.",
                    null
                )
                {
                    LastRunAt = now,
                }),
            ];
        }

        var unknown = keys.Except(reports.Select(report => report.Name), StringComparer.Ordinal);
        reports =
        [
            .. reports,
            .. unknown.Select(key => new HealthReportSnapshot(
                key,
                HealthStatus.Unhealthy,
                "No health check is registered under this name.",
                null
            )),
        ];
        await notifications
            .PublishUpdateAsync(resource, snapshot => snapshot with { HealthReports = [.. reports] })
            .ConfigureAwait(false);
        return reports.All(report => report.Status == HealthStatus.Healthy);
    }

    /// <summary>Lets everybody act who wants to before those that wait for the resource go on.</summary>
    private async Task SayReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        await notifications
            .PublishUpdateAsync(
                resource,
                snapshot => snapshot with { ResourceReadyEvent = new EventSnapshot(handlers) }
            )
            .ConfigureAwait(false);
        try
        {
            await handlers.ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            loggers
                .GetLogger(resource)
                .LogError(exception, "What should follow the start of {Resource} failed", resource.Name);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The watch over one resource as long as it runs.</summary>
    private sealed class Run
    {
        private readonly CancellationTokenSource _ending;
        private readonly Task _task;

        public Run(Func<CancellationToken, Task> watch, CancellationToken cancellationToken)
        {
            _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _task = Task.Run(() => watch(_ending.Token), CancellationToken.None);
        }

        public void Cancel() => _ending.Cancel();

        public async Task EndAsync()
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ending.Dispose();
        }
    }
}
