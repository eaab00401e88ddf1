namespace MsaShop.OrderService.Lifecycle;

internal static class LifecycleExtensions
{
    public static void AddLifecycle(this IHostApplicationBuilder builder) =>
        builder.Services.AddScoped<OrderStore>().AddScoped<OrderLifecycle>();
}
