namespace MsaShop.OrderService.Stock;

internal static class StockExtensions
{
    public static void AddStock(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddTransient<AttemptCounter>()
            .AddServiceClient<StockClient>(ServiceNames.Products)
            .AddHttpMessageHandler<AttemptCounter>();
}
