using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MsaShop.OrderService.Orders;

public sealed class OrderMetrics
{
    public const string MeterName = "MsaShop.Orders";

    private readonly Counter<long> _created;
    private readonly Counter<long> _moved;
    private readonly Counter<long> _expired;
    private FrozenDictionary<OrderStatus, long> _byStatus = FrozenDictionary<OrderStatus, long>.Empty;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _created = meter.CreateCounter<long>("msashop.orders.created", "{order}", "Orders placed.");
        _moved = meter.CreateCounter<long>(
            "msashop.orders.moved",
            "{order}",
            "Orders moved from one status to another."
        );
        _expired = meter.CreateCounter<long>(
            "msashop.orders.expired",
            "{order}",
            "Orders cancelled for want of money."
        );
        meter.CreateObservableGauge(
            "msashop.orders",
            () =>
                _byStatus.Select(count => new Measurement<long>(
                    count.Value,
                    new KeyValuePair<string, object?>("status", count.Key.ToWord())
                )),
            "{order}",
            "Orders by status: all there are, whichever replica tells."
        );
    }

    /// <summary>Traces of background work.</summary>
    internal static ActivitySource Activities { get; } = new(MeterName);

    public void Created(PaymentMethod method) =>
        _created.Add(1, new KeyValuePair<string, object?>("method", method.ToWord()));

    public void Expired(PaymentMethod method) =>
        _expired.Add(1, new KeyValuePair<string, object?>("method", method.ToWord()));

    public void Counted(IReadOnlyDictionary<OrderStatus, long> byStatus) => _byStatus = byStatus.ToFrozenDictionary();

    public void Moved(OrderStatus from, OrderStatus to) =>
        _moved.Add(
            1,
            new KeyValuePair<string, object?>("from", from.ToWord()),
            new KeyValuePair<string, object?>("to", to.ToWord())
        );
}
