using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MsaShop.PaymentService;

internal static class PaymentDatabase
{
    public static void AddPaymentDatabase(this WebApplicationBuilder builder) =>
        builder.AddMySqlDbContext<PaymentDbContext>(
            "paymentdb",
            configureDbContextOptions: options =>
                // The provider's own defaults try for a minute: a shopper is better served by a quick 503.
                new MySqlDbContextOptionsBuilder(options).EnableRetryOnFailure(
                    maxRetryCount: 5,
                    maxRetryDelay: TimeSpan.FromMilliseconds(100),
                    errorNumbersToAdd: null
                )
        );
}
