using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Placing;

namespace MsaShop.OrderService;

public sealed class OrderDbContext(DbContextOptions<OrderDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderStatusChange> StatusChanges => Set<OrderStatusChange>();
    public DbSet<OrderPlacement> Placements => Set<OrderPlacement>();
    public DbSet<OrderEvent> Events => Set<OrderEvent>();
    public DbSet<OrderFeedHead> FeedHeads => Set<OrderFeedHead>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // A collation that MySQL and MariaDB share.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");

        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.OrderNumber).IsAscii(64);
            order.Property(o => o.Email).HasMaxLength(100);
            order.Property(o => o.Status).HasEnumColumn();
            order.Property(o => o.PaymentMethod).HasEnumColumn();
            order.Property(o => o.DepositorName).HasMaxLength(50);
            order.Property(o => o.ByHand).HasMaxLength(200);
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
            // Every index ends with the id, so these read the newest first: of a shopper, in a status, of all.
            order.HasIndex(o => new { o.UserId, o.CreatedAt });
            // Each new order counts what its shopper has not paid.
            order.HasIndex(o => new { o.UserId, o.Status });
            order.HasIndex(o => new { o.Status, o.CreatedAt });
            // Statistics read this index alone.
            order.HasIndex(o => new
            {
                o.CreatedAt,
                o.Id,
                o.Status,
                o.TotalPrice,
            });
            order.HasIndex(o => new { o.Status, o.PayBy });
            order.HasIndex(o => o.PayBy);
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

        modelBuilder.Entity<OrderPlacement>(placement =>
        {
            placement.ToTable("order_placements");
            placement.HasKey(p => p.OrderNumber);
            placement.Property(p => p.OrderNumber).IsAscii(64);
            placement.Property(p => p.IdempotencyKey).IsAscii(IdempotencyKey.MaxLength);
            placement.Property(p => p.RequestHash).IsAscii(64);
            placement.Property(p => p.Wanted).HasColumnType("text");
            // A placement ends only while it is running.
            placement.Property(p => p.State).HasEnumColumn().IsConcurrencyToken();
            placement.Property(p => p.AnswerLocation).HasMaxLength(100);
            placement.Property(p => p.TraceParent).IsAscii(55);
            placement.HasIndex(p => new { p.UserId, p.IdempotencyKey }).IsUnique();
            placement.HasIndex(p => new { p.State, p.LeaseUntil });
            placement.HasIndex(p => p.CreatedAt);
        });

        modelBuilder.Entity<Shopper>(shopper =>
        {
            shopper.ToTable("shoppers");
            shopper.HasKey(s => s.UserId);
            shopper.Property(s => s.UserId).ValueGeneratedNever();
        });

        modelBuilder.Entity<OrderEvent>(orderEvent =>
        {
            orderEvent.ToTable("order_events");
            orderEvent.Property(e => e.Type).HasEnumColumn();
            orderEvent.Property(e => e.OrderNumber).IsAscii(64);
            orderEvent.Property(e => e.TraceParent).IsAscii(55);
            orderEvent.HasIndex(e => e.Position).IsUnique();
        });

        modelBuilder.Entity<OrderFeedHead>(head =>
        {
            head.ToTable("order_feed");
            head.Property(h => h.Id).ValueGeneratedNever();
            head.HasData(new OrderFeedHead());
        });

        modelBuilder.AddOutbox();
        modelBuilder.UseSnakeCaseNames();
    }
}

internal static class AsciiColumn
{
    /// <summary>Compared byte by byte: <c>a</c> is not <c>A</c>.</summary>
    public static PropertyBuilder<T> IsAscii<T>(this PropertyBuilder<T> property, int maxLength) =>
        property.HasMaxLength(maxLength).HasCharSet("ascii").UseCollation("ascii_bin");
}
