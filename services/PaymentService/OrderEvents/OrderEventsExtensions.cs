namespace MsaShop.PaymentService.OrderEvents;

internal static class OrderEventsExtensions
{
    public static void AddOrderEvents(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<OrderEventSettings>("OrderEvents")
            .AddSingleton<OrderEventMetrics>()
            .AddScoped<OrderEventStore>()
            .AddScoped<UnknownOrders>()
            .AddScoped<OrderEventHandler>()
            .AddSingleton<FailedEvents>()
            .AddScoped<SetAsideEvents>()
            .AddPeriodicWork<SetAsideEventRetry>()
            .AddHostedService<OrderEventReader>();
}
