using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Stock;

internal static class StockExtensions
{
    public static IServiceCollection AddStock(this IServiceCollection services)
    {
        services.AddTransient<AttemptCounter>();
        services.AddServiceClient<StockClient>(ServiceNames.Products).AddHttpMessageHandler<AttemptCounter>();
        return services;
    }
}
