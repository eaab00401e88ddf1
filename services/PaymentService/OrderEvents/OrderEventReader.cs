using System.ComponentModel.DataAnnotations;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>The configuration section <c>OrderEvents</c>.</summary>
public sealed class OrderEventSettings
{
    /// <summary>How often to look for new events.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many events to ask for at once.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 100;

    /// <summary>How often to look at events that were set aside.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SetAsideInterval { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// Reads order-svc's feed, in every replica. Effect and cursor are stored together under the cursor's lock, so that
/// each event has its effect once. While order-svc is away nothing is lost.
/// </summary>
internal sealed class OrderEventReader(
    IServiceScopeFactory scopes,
    IOptions<OrderEventSettings> options,
    OrderEventMetrics metrics,
    TimeProvider time,
    ILogger<OrderEventReader> logger
) : PeriodicWork(options.Value.PollingInterval, time, logger)
{
    private readonly int _pageSize = options.Value.PageSize;
    private bool _isAway;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReadPageAsync(cancellationToken) >= _pageSize)
            {
                // There may be more.
            }
        }
        catch (Exception exception) when (exception.IsServiceFailure())
        {
            // Logged once, not once a second: it passes, and nothing is lost by it.
            if (!_isAway)
            {
                logger.LogWarning("order-svc's feed cannot be read for now: {Error}", exception.Message);
            }

            _isAway = true;
            return;
        }

        if (_isAway)
        {
            logger.LogInformation("order-svc's feed is read again");
        }

        _isAway = false;
    }

    private async Task<int> ReadPageAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<OrderEventStore>();
        var orders = scope.ServiceProvider.GetRequiredService<OrderClient>();
        var readAt = Time.GetUtcNow().UtcDateTime;
        OrderEventPage page;
        // Polling once a second would otherwise be most of what traces show.
        using (Untraced.Begin())
        {
            var position = await store.GetPositionAsync(cancellationToken);
            page = await orders.ReadEventsAsync(position, _pageSize, cancellationToken);
        }

        if (page.Events.Count > 0)
        {
            metrics.Read(page.Events[0].OccurredAt);
        }

        await scope.ServiceProvider.GetRequiredService<OrderEventHandler>().HandleAsync(page.Events, cancellationToken);
        if (page.Events.Count < _pageSize)
        {
            metrics.ReadToEnd(readAt);
        }

        return page.Events.Count;
    }
}
