using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults.Data;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Outbox;

/// <summary>Delivers messages as they become due, several at a time, for as long as the service runs.</summary>
internal sealed class OutboxWorker(
    OutboxDispatcher dispatcher,
    OutboxSignal signal,
    OutboxMetrics metrics,
    IServiceScopeFactory scopes,
    IOptions<OutboxSettings> options,
    IOptions<HostOptions> host,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<OutboxWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan s_cleaningInterval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_maxPause = TimeSpan.FromSeconds(10);

    /// <summary>Left of the host's time to stop in which to give back what could not be finished.</summary>
    private static readonly TimeSpan s_stopMargin = TimeSpan.FromSeconds(5);

    private readonly OutboxSettings _settings = options.Value;
    private readonly HashSet<Task> _running = [];
    private DateTime _nextCount;
    private DateTime _nextCleaning;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_settings.Enabled)
        {
            return;
        }

        // Handlers may go on when nothing more is claimed, until the host's time to stop is nearly over.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var handling = new CancellationTokenSource();
        var grace = host.Value.ShutdownTimeout - s_stopMargin;
        await using var registration = stop.Token.Register(() =>
            handling.CancelAfter(grace > TimeSpan.Zero ? grace : TimeSpan.Zero)
        );

        await using var timer = time.CreateTimer(
            _ => signal.Set(),
            null,
            _settings.PollingInterval,
            _settings.PollingInterval
        );
        signal.Set();
        try
        {
            await WorkAsync(handling.Token, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: as it should.
        }

        await Task.WhenAll(_running);
    }

    private async Task WorkAsync(CancellationToken handling, CancellationToken stop)
    {
        var pause = TimeSpan.Zero;
        while (true)
        {
            await signal.WaitAsync(stop);
            try
            {
                foreach (var message in await LookAsync(stop))
                {
                    _running.Add(DeliverAsync(message, handling));
                }

                if (pause > TimeSpan.Zero)
                {
                    logger.LogInformation("The outbox can be read again");
                }

                pause = TimeSpan.Zero;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                if (pause == TimeSpan.Zero)
                {
                    logger.LogError(exception, "The outbox cannot be read; its messages wait");
                }

                pause = pause == TimeSpan.Zero ? _settings.PollingInterval : pause * 2;
                pause = pause < s_maxPause ? pause : s_maxPause;
                await Task.Delay(pause, time, stop);
            }
        }
    }

    private async Task<IReadOnlyList<OutboxMessage>> LookAsync(CancellationToken cancellationToken)
    {
        // Looking once a second would otherwise be most of what traces show.
        using var _ = SuppressInstrumentationScope.Begin();

        _running.RemoveWhere(task => task.IsCompleted);
        await LookAfterAsync(cancellationToken);
        var free = _settings.Concurrency - _running.Count;
        return free > 0 ? await dispatcher.ClaimDueAsync(free, cancellationToken) : [];
    }

    private async Task DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await dispatcher.DeliverAsync(message, cancellationToken);
        signal.Set();
    }

    private async Task LookAfterAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        if (now >= _nextCount)
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
            metrics.Counted(await store.CountAsync(cancellationToken));
            _nextCount = now + _settings.CountInterval;
            if (now >= _nextCleaning)
            {
                await store.DeleteDoneAsync(now - _settings.KeepDone, cancellationToken);
                _nextCleaning = now + s_cleaningInterval;
            }
        }
    }
}
