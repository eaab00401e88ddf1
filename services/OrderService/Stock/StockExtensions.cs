namespace MsaShop.OrderService.Stock;

internal static class StockExtensions
{
    public static void AddStock(this WebApplicationBuilder builder) =>
        builder
            .Services.AddTransient<AttemptCounter>()
            .AddServiceClient<StockClient>(ServiceNames.Products)
            .AddHttpMessageHandler<AttemptCounter>();
}
