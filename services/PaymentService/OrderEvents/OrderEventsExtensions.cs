using MsaShop.ServiceDefaults.Background;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>Registers the reader of order-svc's feed.</summary>
public static class OrderEventsExtensions
{
    public static IServiceCollection AddOrderEvents(this IServiceCollection services)
    {
        services
            .AddOptions<OrderEventSettings>()
            .BindConfiguration("OrderEvents")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<OrderEventMetrics>()
            .AddScoped<OrderEventStore>()
            .AddScoped<UnknownOrders>()
            .AddScoped<OrderEventHandler>()
            .AddSingleton<FailedEvents>()
            .AddScoped<SetAsideEvents>()
            .AddPeriodicWork<SetAsideEventRetry>()
            .AddHostedService<OrderEventReader>();
    }
}
