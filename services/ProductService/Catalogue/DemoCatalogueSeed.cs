using System.Text.Json;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

/// <summary>The demo shop's products, if <c>DemoData:Enabled</c> is set.</summary>
internal static class DemoCatalogueSeed
{
    /// <summary>Adds missing products; the others stay as the developer left them.</summary>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<IConfiguration>().GetValue<bool>("DemoData:Enabled"))
        {
            return;
        }

        var database = services.GetRequiredService<ProductDbContext>();
        var present = await database.Products.Select(product => product.Id).ToHashSetAsync(cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetStorableNow();
        foreach (var demo in (await ReadAsync(cancellationToken)).Where(demo => !present.Contains(demo.Id)))
        {
            var product = new Product
            {
                Id = demo.Id,
                Name = demo.Name,
                Description = demo.Description,
                Price = demo.Price,
                Category = demo.Category,
                ImageUrl = $"{ProductImagesApi.BasePath}/{Path.GetFileName(demo.Image)}",
                CreatedAt = now,
                UpdatedAt = now,
            };
            database.StockMovements.Add(StockMovement.Initial(product, demo.Stock, now));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static async Task<List<DemoProduct>> ReadAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "DemoData", "products.json");
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<List<DemoProduct>>(file, ShopJson.Options, cancellationToken)
            ?? throw new InvalidDataException($"{path} holds no list.");
    }

    private sealed record DemoProduct(
        long Id,
        string Name,
        string Description,
        long Price,
        int Stock,
        string Category,
        string Image
    );
}
