using Microsoft.EntityFrameworkCore;

namespace MsaShop.TossPayments.Ledger;

/// <summary>
/// Reads and changes the ledger. One change at a time, each one transaction: SQLite has one writer anyway, and waiting
/// here is fairer than its retries.
/// </summary>
internal sealed class LedgerStore(IDbContextFactory<LedgerDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1);

    /// <summary>Raised after each committed change.</summary>
    public event Action? Changed;

    /// <summary>Reads; nothing is tracked.</summary>
    public async Task<T> ReadAsync<T>(Func<LedgerDbContext, Task<T>> read)
    {
        await using var database = await contexts.CreateDbContextAsync();
        database.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(database);
    }

    /// <summary>
    /// Changes: all of it is on disk when this returns, or none of it. It cannot be cancelled: what Toss has begun goes on,
    /// whoever stopped waiting for the answer.
    /// </summary>
    public async Task<T> ChangeAsync<T>(Func<LedgerDbContext, Task<T>> change)
    {
        T result;
        await _writer.WaitAsync();
        try
        {
            await using var database = await contexts.CreateDbContextAsync();
            await using var transaction = await database.Database.BeginTransactionAsync();
            result = await change(database);
            await database.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        finally
        {
            _writer.Release();
        }

        Changed?.Invoke();
        return result;
    }

    /// <inheritdoc cref="ChangeAsync{T}(Func{LedgerDbContext, Task{T}})" />
    public Task ChangeAsync(Func<LedgerDbContext, Task> change) =>
        ChangeAsync(async database =>
        {
            await change(database);
            return true;
        });

    public void Dispose() => _writer.Dispose();
}
