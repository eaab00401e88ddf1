using System.Diagnostics.Metrics;
using MsaShop.PaymentService.Orders;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>How reading order-svc's feed goes: the meter <c>MsaShop.OrderEvents</c>.</summary>
internal sealed class OrderEventMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MsaShop.OrderEvents";

    private readonly Histogram<double> _delay;

    public OrderEventMetrics(IMeterFactory meters) =>
        _delay = meters
            .Create(MeterName)
            .CreateHistogram<double>(
                "msashop.order_events.delay",
                "s",
                "From an order's event to its effect on the payment."
            );

    /// <summary>Counts an event whose effect is stored.</summary>
    public void Handled(OrderEvent orderEvent, DateTime now) =>
        _delay.Record(
            Math.Max(0, (now - orderEvent.OccurredAt).TotalSeconds),
            new KeyValuePair<string, object?>("type", orderEvent.Type)
        );
}

/// <summary>Adds the reading of order-svc's feed.</summary>
public static class OrderEventsExtensions
{
    /// <summary>Has payments follow what happens to their orders.</summary>
    public static IServiceCollection AddOrderEvents(this IServiceCollection services)
    {
        services
            .AddOptions<OrderEventSettings>()
            .BindConfiguration("OrderEvents")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<OrderEventMetrics>()
            .AddScoped<OrderEventCursor>()
            .AddScoped<OrderEventHandler>()
            .AddHostedService<OrderEventReader>();
    }
}
