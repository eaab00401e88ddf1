using MsaShop.ServiceDefaults.Background;

namespace MsaShop.PaymentService.OrderEvents;

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
            .AddScoped<OrderEventStore>()
            .AddScoped<UnknownOrders>()
            .AddScoped<OrderEventHandler>()
            .AddSingleton<FailedEvents>()
            .AddScoped<SetAsideEvents>()
            .AddPeriodicWork<SetAsideEventRetry>()
            .AddHostedService<OrderEventReader>();
    }
}
