using System.Diagnostics.Metrics;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.OrderService.Orders;

/// <summary>What the shop's owner watches: the meter <c>MsaShop.Orders</c>.</summary>
public sealed class OrderMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MsaShop.Orders";

    private readonly Counter<long> _created;
    private readonly Counter<long> _moved;

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
    }

    /// <summary>Counts a new order.</summary>
    public void Created(PaymentMethod method) =>
        _created.Add(1, new KeyValuePair<string, object?>("method", method.ToWord()));

    /// <summary>Counts a move.</summary>
    public void Moved(OrderStatus from, OrderStatus to) =>
        _moved.Add(
            1,
            new KeyValuePair<string, object?>("from", from.ToWord()),
            new KeyValuePair<string, object?>("to", to.ToWord())
        );
}
