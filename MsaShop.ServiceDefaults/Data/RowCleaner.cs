using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.Data;

/// <summary>
/// Deletes rows of one table that are not needed any more (<c>docs/data.md</c>), in batches, so that a backlog of millions
/// is locked, and rolled back, a little at a time. Replicas wait for each other's batch, and find its rows gone.
/// </summary>
/// <param name="scopes">Provides contexts.</param>
/// <param name="logger">Receives the number of deleted rows.</param>
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
        // Polling is not worth a trace.
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
            // Deleted rows are not found again.
            token => DeleteAsync(database, now, token),
            cancellationToken
        );
    }

    /// <summary>Deletes up to <see cref="BatchSize"/> rows, oldest first, by an index.</summary>
    /// <returns>The number of rows found.</returns>
    protected abstract Task<int> DeleteAsync(TContext database, DateTime now, CancellationToken cancellationToken);
}

/// <summary>Keeps a table from growing for ever.</summary>
public interface IRowCleaner
{
    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>The rows of a batch.</summary>
    int BatchSize { get; }

    /// <summary>Deletes everything that is due.</summary>
    Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a batch.</summary>
    /// <returns>The number of rows found; fewer than <see cref="BatchSize"/> were the last.</returns>
    Task<int> RunBatchAsync(CancellationToken cancellationToken);
}
