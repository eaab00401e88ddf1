using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MySqlConnector;

namespace MsaShop.ProductService;

internal static class ProductDatabase
{
    public static void AddProductDatabase(this WebApplicationBuilder builder) =>
        builder.AddMySqlDbContext<ProductDbContext>(
            "productdb",
            configureDbContextOptions: options =>
                // The provider's own defaults try for a minute: a shopper is better served by a quick 503. A duplicate key
                // means that the same order came twice at once: the second try finds what the other one left.
                new MySqlDbContextOptionsBuilder(options).EnableRetryOnFailure(
                    maxRetryCount: 5,
                    maxRetryDelay: TimeSpan.FromMilliseconds(100),
                    errorNumbersToAdd: [(int)MySqlErrorCode.DuplicateKeyEntry]
                )
        );
}
