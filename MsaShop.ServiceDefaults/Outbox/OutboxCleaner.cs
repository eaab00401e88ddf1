using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaShop.Data;

namespace MsaShop.Outbox;

/// <summary>Deletes done messages after <see cref="OutboxOptions.KeepDone"/>; dead ones stay.</summary>
/// <typeparam name="TContext">The context with the outbox's table.</typeparam>
public sealed class OutboxCleaner<TContext>(
    IServiceScopeFactory scopes,
    IOptions<OutboxOptions> settings,
    TimeProvider time,
    ILogger<OutboxCleaner<TContext>> logger
) : RowCleaner<TContext>(scopes, time, logger)
    where TContext : DbContext
{
    /// <inheritdoc />
    public override string Table => "outbox_messages";

    /// <inheritdoc />
    protected override Task<int> DeleteAsync(TContext database, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var before = now - settings.Value.KeepDone;
        return database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM outbox_messages WHERE status = 'DONE' AND done_at < {before}
            ORDER BY done_at LIMIT {BatchSize}
            """,
            cancellationToken
        );
    }
}
