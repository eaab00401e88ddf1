using MsaShop.ServiceDefaults.Background;

namespace MsaShop.ProductService.Catalogue;

internal static class CatalogueExtensions
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.AddOptions<PictureOptions>().BindConfiguration("Pictures").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ProductImages>()
            .AddScoped<PictureStore>()
            .AddScoped<CatalogueStore>()
            .AddSingleton<CatalogueMemory>()
            .AddSingleton<NewestProducts>()
            .AddScoped<ProductLists>()
            .AddPeriodicWork<UnusedPictureCleaner>()
            .AddPeriodicWork<SearchIndexRepair>();
    }
}
