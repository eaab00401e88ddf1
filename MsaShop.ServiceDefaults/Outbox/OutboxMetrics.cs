using System.Diagnostics.Metrics;

namespace MsaShop.Outbox;

internal sealed class OutboxMetrics
{
    private readonly Counter<long> _deliveries;
    private OutboxCounts? _counts;

    public OutboxMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("MsaShop.Outbox");
        _deliveries = meter.CreateCounter<long>(
            "msashop.outbox.deliveries",
            "{delivery}",
            "Attempts to do the work of a message, by type and outcome."
        );
        meter.CreateObservableGauge(
            "msashop.outbox.pending",
            () => Measure(counts => counts.Pending),
            "{message}",
            "Messages to be done, now or later."
        );
        meter.CreateObservableGauge(
            "msashop.outbox.dead",
            () => Measure(counts => counts.Dead),
            "{message}",
            "Messages given up."
        );
        meter.CreateObservableGauge(
            "msashop.outbox.oldest_due.age",
            () =>
                Measure(counts =>
                    counts.OldestDue is { } due ? Math.Max(0, (time.GetUtcNow().UtcDateTime - due).TotalSeconds) : 0
                ),
            "s",
            "For how long the oldest message has been due, however often it was tried."
        );
    }

    public void Delivered(string type, string outcome) =>
        _deliveries.Add(1, new("type", type), new("outcome", outcome));

    public void Counted(OutboxCounts counts) => _counts = counts;

    private IEnumerable<Measurement<T>> Measure<T>(Func<OutboxCounts, T> value)
        where T : struct => _counts is { } counts ? [new Measurement<T>(value(counts))] : [];
}
