using System.Diagnostics.Metrics;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>How reading order-svc's feed goes: the meter <c>MsaShop.OrderEvents</c>.</summary>
public sealed class OrderEventMetrics
{
    public const string MeterName = "MsaShop.OrderEvents";

    private readonly TimeProvider _time;
    private readonly Histogram<double> _delay;
    private readonly Lock _lock = new();
    private DateTime _readToEndAt;
    private DateTime? _oldestUntaken;
    private long _setAside;

    public OrderEventMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _readToEndAt = time.GetUtcNow().UtcDateTime;
        var meter = meters.Create(MeterName);
        _delay = meter.CreateHistogram<double>(
            "msashop.order_events.delay",
            "s",
            "From an order's event to its effect on the payment."
        );
        meter.CreateObservableGauge(
            "msashop.order_events.lag",
            () => GetLag().TotalSeconds,
            "s",
            "Since when something may have happened to an order that is not known here."
        );
        meter.CreateObservableGauge(
            "msashop.order_events.set_aside",
            () => Interlocked.Read(ref _setAside),
            "{event}",
            "Events that could not have their effect, and those of the same orders that wait for them."
        );
    }

    /// <summary>A page was read that begins with an event of that time.</summary>
    public void Read(DateTime oldest)
    {
        lock (_lock)
        {
            _oldestUntaken = oldest;
        }
    }

    /// <summary>Everything has been handled that the feed had at that time.</summary>
    public void ReadToEnd(DateTime at)
    {
        lock (_lock)
        {
            (_readToEndAt, _oldestUntaken) = (at, null);
        }
    }

    public void SetSetAside(long count) => Interlocked.Exchange(ref _setAside, count);

    public void Handled(OrderEvent orderEvent) =>
        _delay.Record(
            Math.Max(0, (_time.GetUtcNow().UtcDateTime - orderEvent.OccurredAt).TotalSeconds),
            new KeyValuePair<string, object?>("type", orderEvent.Type)
        );

    private TimeSpan GetLag()
    {
        DateTime since;
        lock (_lock)
        {
            since = _oldestUntaken < _readToEndAt ? _oldestUntaken.Value : _readToEndAt;
        }

        var lag = _time.GetUtcNow().UtcDateTime - since;
        return lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }
}
