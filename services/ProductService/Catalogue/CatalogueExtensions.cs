namespace MsaShop.ProductService.Catalogue;

internal static class CatalogueExtensions
{
    public static void AddCatalogue(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<PictureOptions>("Pictures")
            .AddSingleton<ProductImages>()
            .AddScoped<PictureStore>()
            .AddScoped<CatalogueStore>()
            .AddSingleton<CatalogueMemory>()
            .AddSingleton<NewestProducts>()
            .AddScoped<ProductLists>()
            .AddPeriodicWork<UnusedPictureCleaner>()
            .AddPeriodicWork<SearchIndexRepair>();
}
