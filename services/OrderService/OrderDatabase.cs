using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MsaShop.OrderService;

internal static class OrderDatabase
{
    public static void AddOrderDatabase(this WebApplicationBuilder builder) =>
        builder.AddMySqlDbContext<OrderDbContext>(
            "orderdb",
            configureDbContextOptions: options =>
                // The provider's own defaults try for a minute: a shopper is better served by a quick 503.
                new MySqlDbContextOptionsBuilder(options).EnableRetryOnFailure(
                    maxRetryCount: 5,
                    maxRetryDelay: TimeSpan.FromMilliseconds(100),
                    errorNumbersToAdd: null
                )
        );
}
