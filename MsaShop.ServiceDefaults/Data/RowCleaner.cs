using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.Data;

/// <summary>
/// Deletes the rows of one table that nobody needs any more: <c>docs/data.md</c> says which. Batch by batch, so that a backlog
/// of millions is locked, and undone, a little at a time. Replicas that are at it at once wait for each other's batch and find
/// its rows gone.
/// </summary>
/// <param name="scopes">Where contexts come from.</param>
/// <param name="logger">Where it says how many went.</param>
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
        // Looking for what is mostly not there is no event.
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
            // What is gone is not found again.
            token => DeleteAsync(database, now, token),
            cancellationToken
        );
    }

    /// <summary>Deletes up to <see cref="BatchSize"/> rows, the oldest first, by an index.</summary>
    /// <returns>How many were found.</returns>
    protected abstract Task<int> DeleteAsync(TContext database, DateTime now, CancellationToken cancellationToken);
}

/// <summary>Who keeps a table from growing for ever.</summary>
public interface IRowCleaner
{
    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>How many rows go at once.</summary>
    int BatchSize { get; }

    /// <summary>Deletes all that is to go.</summary>
    Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the next few.</summary>
    /// <returns>How many were found: fewer than <see cref="BatchSize"/> are the last.</returns>
    Task<int> RunBatchAsync(CancellationToken cancellationToken);
}
