using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.ObjectPool;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Ledger;

/// <summary>
/// Reads and changes the ledger. Changes run one at a time, each in a transaction: SQLite has a single writer anyway,
/// and waiting here is fairer than its retries.
/// </summary>
internal sealed class LedgerStore(IDbContextFactory<LedgerDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1);

    private readonly ObjectPool<LedgerDbContext> _contexts = new DefaultObjectPoolProvider
    {
        MaximumRetained = 16,
    }.Create(new OpenContexts(contexts));

    /// <summary>
    /// Raised after a committed change that may make a webhook due: of a webhook, or of a setting (the clock's offset,
    /// the webhooks' address). Detected by tracked entities only.
    /// </summary>
    public event Action? WebhooksChanged;

    /// <summary>Reads without tracking.</summary>
    public async Task<T> ReadAsync<T>(Func<LedgerDbContext, Task<T>> read)
    {
        var database = Rent(QueryTrackingBehavior.NoTracking);
        try
        {
            return await read(database);
        }
        finally
        {
            _contexts.Return(database);
        }
    }

    /// <summary>
    /// Runs a change in a transaction. It cannot be cancelled: what Toss has begun goes on, even when the client no
    /// longer waits.
    /// </summary>
    public async Task<T> ChangeAsync<T>(Func<LedgerDbContext, Task<T>> change)
    {
        T result;
        bool webhooksChanged;
        await _writer.WaitAsync();
        try
        {
            var database = Rent(QueryTrackingBehavior.TrackAll);
            try
            {
                await using var transaction = await database.Database.BeginTransactionAsync();
                result = await change(database);
                await database.SaveChangesAsync();
                await transaction.CommitAsync();
                webhooksChanged = database
                    .ChangeTracker.Entries()
                    .Any(entry => entry.Entity is WebhookDelivery or Setting);
            }
            finally
            {
                _contexts.Return(database);
            }
        }
        finally
        {
            _writer.Release();
        }

        if (webhooksChanged)
        {
            WebhooksChanged?.Invoke();
        }

        return result;
    }

    /// <inheritdoc cref="ChangeAsync{T}(Func{LedgerDbContext, Task{T}})" />
    public Task ChangeAsync(Func<LedgerDbContext, Task> change) =>
        ChangeAsync(async database =>
        {
            await change(database);
            return true;
        });

    public void Dispose()
    {
        (_contexts as IDisposable)?.Dispose();
        _writer.Dispose();
    }

    private LedgerDbContext Rent(QueryTrackingBehavior tracking)
    {
        var database = _contexts.Get();
        database.ChangeTracker.QueryTrackingBehavior = tracking;
        return database;
    }

    /// <summary>Keeps connections open, because opening one costs more than a query.</summary>
    private sealed class OpenContexts(IDbContextFactory<LedgerDbContext> contexts) : PooledObjectPolicy<LedgerDbContext>
    {
        public override LedgerDbContext Create()
        {
            var database = contexts.CreateDbContext();
            database.Database.OpenConnection();
            return database;
        }

        public override bool Return(LedgerDbContext database)
        {
            database.ChangeTracker.Clear();
            return true;
        }
    }
}
