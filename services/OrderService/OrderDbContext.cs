using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.OrderService;

/// <summary>The database <c>orderdb</c>.</summary>
public sealed class OrderDbContext(DbContextOptions<OrderDbContext> options) : DbContext(options)
{
    /// <summary>The orders, with their lines and their history.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Every move of an order from one status to another.</summary>
    public DbSet<OrderStatusChange> StatusChanges => Set<OrderStatusChange>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // As in the other services: a collation that MySQL and MariaDB share.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");

        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.OrderNumber).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
            order.Property(o => o.Email).HasMaxLength(100);
            order.Property(o => o.Status).HasEnumColumn();
            order.Property(o => o.PaymentMethod).HasEnumColumn();
            order.Property(o => o.DepositorName).HasMaxLength(50);
            order.OwnsOne(
                o => o.Recipient,
                recipient =>
                {
                    recipient.Property(r => r.Name).HasMaxLength(50);
                    recipient.Property(r => r.Phone).HasMaxLength(20);
                    recipient.Property(r => r.PostalCode).HasMaxLength(10);
                    recipient.Property(r => r.Address1).HasMaxLength(200);
                    recipient.Property(r => r.Address2).HasMaxLength(200);
                }
            );
            order.HasMany(o => o.Items).WithOne().HasForeignKey(i => i.OrderId);
            order.HasMany(o => o.History).WithOne().HasForeignKey(c => c.OrderId);
            order.HasIndex(o => o.OrderNumber).IsUnique();
            order.HasIndex(o => new { o.UserId, o.Id });
            order.HasIndex(o => new { o.Status, o.PayBy });
            order.HasIndex(o => o.CreatedAt);
        });

        modelBuilder.Entity<OrderItem>(item =>
        {
            item.ToTable("order_items");
            item.Property(i => i.ProductName).HasMaxLength(100);
        });

        modelBuilder.Entity<OrderStatusChange>(change =>
        {
            change.ToTable("order_status_changes");
            change.Property(c => c.FromStatus).HasEnumColumn();
            change.Property(c => c.ToStatus).HasEnumColumn();
            change.Property(c => c.Actor).HasEnumColumn();
            change.Property(c => c.Reason).HasMaxLength(200);
        });

        modelBuilder.UseSnakeCaseNames();
    }
}
