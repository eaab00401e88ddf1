using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Orders;

/// <summary>What the shop's owner watches: the meter <c>MsaShop.Orders</c>.</summary>
public sealed class OrderMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MsaShop.Orders";

    private readonly Counter<long> _created;
    private readonly Counter<long> _moved;
    private readonly Counter<long> _expired;
    private FrozenDictionary<OrderStatus, long> _byStatus = FrozenDictionary<OrderStatus, long>.Empty;

    /// <summary>Creates the meter.</summary>
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

    /// <summary>Traces of what the service does by itself.</summary>
    internal static ActivitySource Activities { get; } = new(MeterName);

    /// <summary>Counts a new order.</summary>
    public void Created(PaymentMethod method) =>
        _created.Add(1, new KeyValuePair<string, object?>("method", method.ToWord()));

    /// <summary>Counts an order that was not paid in time.</summary>
    public void Expired(PaymentMethod method) =>
        _expired.Add(1, new KeyValuePair<string, object?>("method", method.ToWord()));

    /// <summary>Says how many orders there are in each status.</summary>
    public void Counted(IReadOnlyDictionary<OrderStatus, long> byStatus) => _byStatus = byStatus.ToFrozenDictionary();

    /// <summary>Counts a move.</summary>
    public void Moved(OrderStatus from, OrderStatus to) =>
        _moved.Add(
            1,
            new KeyValuePair<string, object?>("from", from.ToWord()),
            new KeyValuePair<string, object?>("to", to.ToWord())
        );
}
