using MySqlConnector;

namespace MsaShop.ProductService;

internal static class ProductDatabase
{
    public static void AddProductDatabase(this IHostApplicationBuilder builder) =>
        builder.AddMySqlDbContext<ProductDbContext>(
            "productdb",
            // If the same order comes twice at once, the retry finds the other's rows.
            configureDbContextOptions: options => options.RetryBriefly(alsoOn: MySqlErrorCode.DuplicateKeyEntry)
        );
}
