using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using OpenTelemetry;

namespace MsaShop.Outbox;

/// <summary>Delivers due messages, several at a time, while the service runs.</summary>
internal sealed class OutboxWorker(
    OutboxDispatcher dispatcher,
    OutboxSignal signal,
    CompletionBuffer ends,
    OutboxMetrics metrics,
    IServiceScopeFactory scopes,
    IOptions<OutboxOptions> options,
    IOptions<HostOptions> host,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<OutboxWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan s_maxPause = TimeSpan.FromSeconds(3);

    /// <summary>The part of the host's shutdown timeout reserved for releasing unfinished messages.</summary>
    private static readonly TimeSpan s_stopMargin = TimeSpan.FromSeconds(5);

    private readonly OutboxOptions _settings = options.Value;
    private readonly HashSet<Task> _running = [];
    private DateTime _nextCount;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_settings.Enabled)
        {
            return;
        }

        // On shutdown, claiming stops at once; running handlers may continue until the shutdown timeout is nearly over.
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
        ends.Open();
        try
        {
            await WorkAsync(handling.Token, stop.Token);
        }
        catch (Exception exception) when (stop.IsCancellationRequested)
        {
            logger.LogDebug(exception, "The outbox claims no more messages");
        }

        ends.Close();
        await ends.WriteAsync();
        await Task.WhenAll(_running);
    }

    private async Task WorkAsync(CancellationToken handling, CancellationToken stop)
    {
        while (true)
        {
            await signal.WaitAsync(stop);
            try
            {
                foreach (var message in await LookAsync(stop))
                {
                    _running.Add(DeliverAsync(message, handling));
                }
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                logger.LogError(exception, "The outbox cannot be read; its messages wait");
                await WaitUntilReadableAsync(stop);
                logger.LogInformation("The outbox can be read again");
            }
        }
    }

    private async Task<IReadOnlyList<OutboxMessage>> LookAsync(CancellationToken cancellationToken)
    {
        // Polling every second would otherwise fill the traces.
        using var suppressed = SuppressInstrumentationScope.Begin();

        await ends.WriteAsync();
        await CountAsync(cancellationToken);
        _running.RemoveWhere(task => task.IsCompleted);
        var free = _settings.Concurrency - _running.Count;
        return free > 0 ? await dispatcher.ClaimDueAsync(free, cancellationToken) : [];
    }

    private async Task DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await dispatcher.DeliverAsync(message, cancellationToken);
        signal.Set();
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        if (now < _nextCount)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
        metrics.Counted(await store.CountAsync(cancellationToken));
        _nextCount = now + _settings.CountInterval;
    }

    /// <summary>Waits without logging each failed attempt.</summary>
    private async Task WaitUntilReadableAsync(CancellationToken cancellationToken)
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        var pause = _settings.PollingInterval < s_maxPause ? _settings.PollingInterval : s_maxPause;
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<OutboxStore>().ProbeAsync(cancellationToken);
                signal.Set();
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogDebug(exception, "The outbox still cannot be read");
                pause = pause * 2 < s_maxPause ? pause * 2 : s_maxPause;
            }
        }
    }
}
