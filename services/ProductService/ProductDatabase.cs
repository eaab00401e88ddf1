using MsaShop.Data;
using MySqlConnector;

namespace MsaShop.ProductService;

internal static class ProductDatabase
{
    public static void AddProductDatabase(this WebApplicationBuilder builder) =>
        builder.AddMySqlDbContext<ProductDbContext>(
            "productdb",
            // The same order twice at once: the second try finds what the other one left.
            configureDbContextOptions: options => options.RetryBriefly(alsoOn: MySqlErrorCode.DuplicateKeyEntry)
        );
}
