using Microsoft.EntityFrameworkCore;
using MsaShop.Data;

namespace MsaShop.Outbox;

/// <summary>The outbox's table in the model.</summary>
public static class OutboxModel
{
    internal const string DueIndex = "ix_outbox_messages_due";

    /// <summary>Adds the table <c>outbox_messages</c>; call it before <see cref="ModelExtensions.UseSnakeCaseNames"/>.</summary>
    public static ModelBuilder AddOutbox(this ModelBuilder model) =>
        model.Entity<OutboxMessage>(message =>
        {
            // Binary, so that types and keys are compared byte by byte.
            const string binary = "utf8mb4_bin";
            message.ToTable("outbox_messages");
            message.Property(m => m.Type).HasMaxLength(50).UseCollation(binary);
            message.Property(m => m.Key).HasMaxLength(OutboxMessage.MaxKeyLength).UseCollation(binary);
            message.Property(m => m.LiveKey).HasMaxLength(OutboxMessage.MaxKeyLength).UseCollation(binary);
            message.Property(m => m.Payload);
            message.Property(m => m.TraceParent).HasMaxLength(55);
            message.Property(m => m.TraceState).HasMaxLength(512);
            message.Property(m => m.Status).HasEnumColumn();
            // Replicas of an older release insert rows without it.
            message.Property(m => m.DueAt).HasDefaultValueSql("(next_attempt_at)").ValueGeneratedNever();
            message.Property(m => m.HastenedTo);
            message.Property(m => m.LockedUntil);
            message.Property(m => m.LockedBy).HasMaxLength(100).UseCollation(binary);
            message.Property(m => m.LastError).HasMaxLength(OutboxMessage.MaxErrorLength);
            message.HasIndex(m => new { m.Type, m.LiveKey }).IsUnique();
            // The last column makes the index cover the meters' query.
            message
                .HasIndex(m => new
                {
                    m.Status,
                    m.NextAttemptAt,
                    m.DueAt,
                })
                .HasDatabaseName(DueIndex);
            message.HasIndex(m => new { m.Status, m.DoneAt });
        });
}
