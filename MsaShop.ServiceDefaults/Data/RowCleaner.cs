using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.Data;

/// <summary>
/// Deletes expired rows of one table; <c>docs/data.md</c> lists them. It works in batches, so that a backlog of
/// millions is locked, and undone, a little at a time. Replicas that run it at once wait for each other's batch and
/// then find its rows gone.
/// </summary>
public abstract class RowCleaner<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
    : PeriodicWork(s_interval, time, logger),
        IRowCleaner
    where TContext : DbContext
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public abstract string Table { get; }

    /// <inheritdoc />
    public virtual int BatchSize => 1000;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Mostly there is nothing to delete; such polls would only clutter the traces.
        using var _ = SuppressInstrumentationScope.Begin();
        long deleted = 0;
        int found;
        do
        {
            found = await RunBatchAsync(cancellationToken);
            deleted += found;
        } while (found == BatchSize);

        if (deleted > 0)
        {
            Logger.LogInformation("{Table}: {Count} rows were not needed any more", Table, deleted);
        }
    }

    /// <inheritdoc />
    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var now = Time.GetStorableNow();
        return await database.TransactAsync(
            // Safe to repeat: deleted rows are not found again.
            token => DeleteAsync(database, now, token),
            cancellationToken
        );
    }

    /// <summary>Deletes up to <see cref="BatchSize"/> rows, oldest first, by an index.</summary>
    /// <returns>The number of rows found.</returns>
    protected abstract Task<int> DeleteAsync(TContext database, DateTime now, CancellationToken cancellationToken);
}

/// <summary>Keeps a table from growing without limit.</summary>
public interface IRowCleaner
{
    /// <summary>The table's name.</summary>
    string Table { get; }

    /// <summary>The largest number of rows in one batch.</summary>
    int BatchSize { get; }

    /// <summary>Deletes all expired rows, batch by batch.</summary>
    Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the next batch.</summary>
    /// <returns>The number of rows found; fewer than <see cref="BatchSize"/> means that none are left.</returns>
    Task<int> RunBatchAsync(CancellationToken cancellationToken);
}
