using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.OrderEvents;
using MsaShop.PaymentService.Reconciliation;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Webhooks;

namespace MsaShop.PaymentService;

/// <summary>The database <c>paymentdb</c>.</summary>
public sealed class PaymentDbContext(DbContextOptions<PaymentDbContext> options) : DbContext(options)
{
    /// <summary>One for each order.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<CardAttempt> CardAttempts => Set<CardAttempt>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<AwaitedCard> AwaitedCards => Set<AwaitedCard>();
    public DbSet<EventCursor> EventCursors => Set<EventCursor>();
    public DbSet<SetAsideEvent> SetAsideEvents => Set<SetAsideEvent>();
    public DbSet<ReconciliationRun> ReconciliationRuns => Set<ReconciliationRun>();

    /// <summary>One row.</summary>
    public DbSet<ReconciliationSchedule> ReconciliationSchedules => Set<ReconciliationSchedule>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // As in the other services: a collation that MySQL and MariaDB share.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");

        modelBuilder.Entity<Payment>(payment =>
        {
            payment.ToTable("payments");
            payment.Property(p => p.OrderNumber).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
            payment.Property(p => p.Method).HasEnumColumn();
            // An update fails unless the status is still the one that was read.
            payment.Property(p => p.Status).HasEnumColumn().IsConcurrencyToken();
            payment.Property(p => p.PaymentKey).HasMaxLength(200).HasCharSet("ascii").UseCollation("ascii_bin");
            payment.Property(p => p.DepositorName).HasMaxLength(50);
            payment.Property(p => p.AnnouncedName).HasMaxLength(50);
            payment.Ignore(p => p.Refundable);
            payment.HasMany(p => p.History).WithOne().HasForeignKey(change => change.PaymentId);
            payment.HasIndex(p => p.OrderId).IsUnique();
            payment.HasIndex(p => p.OrderNumber).IsUnique();
            payment.HasIndex(p => new { p.Status, p.CreatedAt });
            payment.HasIndex(p => p.UserId);
            payment.HasIndex(p => p.CreatedAt);
        });

        modelBuilder.Entity<PaymentChange>(change =>
        {
            change.ToTable("payment_changes");
            change.Property(c => c.FromStatus).HasEnumColumn();
            change.Property(c => c.ToStatus).HasEnumColumn();
            change.Property(c => c.Actor).HasEnumColumn();
            change.Property(c => c.Reason).HasMaxLength(200);
        });

        modelBuilder.Entity<CardAttempt>(attempt =>
        {
            attempt.ToTable("card_attempts");
            attempt.Property(a => a.OrderNumber).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
            attempt.Property(a => a.PaymentKey).HasMaxLength(200).HasCharSet("ascii").UseCollation("ascii_bin");
            attempt.Property(a => a.Status).HasEnumColumn().IsConcurrencyToken();
            attempt.Property(a => a.TossCode).HasMaxLength(100);
            attempt.Property(a => a.TossMessage).HasMaxLength(510);
            attempt.HasOne<Payment>().WithMany().HasForeignKey(a => a.PaymentId);
            attempt.HasIndex(a => a.PaymentKey).IsUnique();
            attempt.HasIndex(a => a.OrderNumber);
            attempt.HasIndex(a => a.Status);
        });

        modelBuilder.Entity<AwaitedCard>(card =>
        {
            card.ToTable("awaited_cards");
            card.HasKey(c => c.OrderNumber);
            card.Property(c => c.OrderNumber).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
        });

        modelBuilder.Entity<Refund>(refund =>
        {
            refund.ToTable("refunds");
            refund.Property(r => r.Reason).HasMaxLength(Refund.MaxReasonLength);
            refund.Property(r => r.Status).HasEnumColumn();
            refund.Property(r => r.Actor).HasEnumColumn();
            refund.Property(r => r.IdempotencyKey).HasMaxLength(255).HasCharSet("ascii").UseCollation("ascii_bin");
            refund.Property(r => r.TransactionKey).HasMaxLength(64).HasCharSet("ascii").UseCollation("ascii_bin");
            refund.Property(r => r.TossCode).HasMaxLength(100);
            refund.Property(r => r.TossMessage).HasMaxLength(510);
            refund.Property(r => r.SettledReason).HasMaxLength(Refund.MaxReasonLength);
            refund.HasOne<Payment>().WithMany(p => p.Refunds).HasForeignKey(r => r.PaymentId);
            refund.HasIndex(r => new { r.PaymentId, r.IdempotencyKey }).IsUnique();
            refund.HasIndex(r => new { r.Status, r.CreatedAt });
            refund.HasIndex(r => r.CreatedAt);
        });

        modelBuilder.Entity<WebhookDelivery>(webhook =>
        {
            webhook.ToTable("webhook_deliveries");
            webhook.HasKey(w => w.TransmissionId);
            webhook.Property(w => w.TransmissionId).HasMaxLength(100).HasCharSet("ascii").UseCollation("ascii_bin");
            webhook.Property(w => w.EventType).HasMaxLength(100);
            webhook.Property(w => w.PaymentKey).HasMaxLength(200).HasCharSet("ascii").UseCollation("ascii_bin");
            webhook.HasIndex(w => w.ReceivedAt);
        });

        modelBuilder.Entity<EventCursor>(cursor =>
        {
            cursor.ToTable("event_cursors");
            cursor.HasKey(c => c.Feed);
            cursor.Property(c => c.Feed).HasMaxLength(50).HasCharSet("ascii").UseCollation("ascii_bin");
        });

        modelBuilder.Entity<SetAsideEvent>(waiting =>
        {
            waiting.ToTable("set_aside_events");
            waiting.HasKey(w => w.Position);
            waiting.Property(w => w.Position).ValueGeneratedNever();
            // Wide enough for the words of another release.
            waiting.Property(w => w.Type).HasMaxLength(SetAsideEvent.MaxTextLength);
            waiting.Property(w => w.OrderNumber).HasMaxLength(SetAsideEvent.MaxTextLength);
            waiting.Property(w => w.TraceParent).HasMaxLength(SetAsideEvent.MaxTextLength);
            waiting.Property(w => w.Why).HasMaxLength(SetAsideEvent.MaxWhyLength);
            waiting.HasIndex(w => new { w.OrderId, w.Position });
        });

        modelBuilder.Entity<ReconciliationRun>(run =>
        {
            run.ToTable("reconciliation_runs");
            run.Property(r => r.Status).HasEnumColumn();
            run.Property(r => r.Why).HasMaxLength(ReconciliationRun.MaxWhyLength);
            run.HasIndex(r => r.Claim).IsUnique();
            run.HasIndex(r => r.Status);
            run.HasIndex(r => r.FinishedAt);
        });

        modelBuilder.Entity<ReconciliationSchedule>(schedule =>
        {
            schedule.ToTable("reconciliation_schedule");
            schedule.Property(s => s.Id).ValueGeneratedNever();
        });

        modelBuilder.AddOutbox();

        modelBuilder.UseSnakeCaseNames();
    }
}
