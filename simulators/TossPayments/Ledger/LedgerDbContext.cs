using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Api;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Ledger;

/// <summary>Everything that the simulator stores.</summary>
internal sealed class LedgerDbContext(DbContextOptions<LedgerDbContext> options) : DbContext(options)
{
    /// <summary>Increase it with every change of the tables: files of another version are put aside.</summary>
    public const int SchemaVersion = 2;

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    public DbSet<WebhookDelivery> Webhooks => Set<WebhookDelivery>();

    public DbSet<Fault> Faults => Set<Fault>();

    public DbSet<Setting> Settings => Set<Setting>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Payment>(payment =>
        {
            payment.HasIndex(p => p.PaymentKey).IsUnique();
            payment.HasIndex(p => p.OrderId);
            payment.HasIndex(p => p.ExpiresAt);
            payment.OwnsOne(p => p.Card);
            payment.OwnsMany(
                p => p.Cancels,
                cancel =>
                {
                    cancel.ToTable("Cancels");
                    cancel.HasKey(c => c.Id);
                    cancel.HasIndex(c => c.TransactionKey).IsUnique();
                }
            );
        });
        modelBuilder
            .Entity<IdempotentRequest>()
            .HasKey(request => new
            {
                request.Key,
                request.SecretKey,
                request.Method,
                request.Path,
            });
        modelBuilder.Entity<WebhookDelivery>(webhook =>
        {
            webhook.HasIndex(w => new { w.State, w.NextAttemptAt });
            webhook.HasIndex(w => w.PaymentKey);
            webhook.HasIndex(w => w.Sequence);
        });
        modelBuilder.Entity<Setting>().HasKey(setting => setting.Name);
    }
}

/// <summary>A persistent value: the clock's offset, or the webhooks' address.</summary>
internal sealed class Setting
{
    public required string Name { get; init; }

    public required string Value { get; set; }
}
