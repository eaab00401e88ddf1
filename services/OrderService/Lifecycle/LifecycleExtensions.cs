namespace MsaShop.OrderService.Lifecycle;

internal static class LifecycleExtensions
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services) =>
        services.AddScoped<OrderStore>().AddScoped<OrderLifecycle>();
}
