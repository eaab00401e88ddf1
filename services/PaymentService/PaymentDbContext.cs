using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.PaymentService;

/// <summary>The database <c>paymentdb</c>.</summary>
public sealed class PaymentDbContext(DbContextOptions<PaymentDbContext> options) : DbContext(options)
{
    /// <summary>The payments, one an order.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // As in the other services: a collation that MySQL and MariaDB share.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");

        modelBuilder.Entity<Payment>(payment =>
        {
            payment.ToTable("payments");
            payment.Property(p => p.OrderNumber).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
            payment.Property(p => p.Method).HasEnumColumn();
            payment.Property(p => p.Status).HasEnumColumn();
            payment.Property(p => p.PaymentKey).HasMaxLength(200).HasCharSet("ascii").UseCollation("ascii_bin");
            payment.HasIndex(p => p.OrderId).IsUnique();
            payment.HasIndex(p => p.OrderNumber).IsUnique();
            payment.HasIndex(p => new { p.Status, p.Id });
            payment.HasIndex(p => p.UserId);
            payment.HasIndex(p => p.CreatedAt);
        });

        modelBuilder.UseSnakeCaseNames();
    }
}
