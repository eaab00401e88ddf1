using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MsaShop.Outbox;

/// <summary>Wakes the worker when messages have been committed, so that they need not wait for its next look.</summary>
internal sealed class OutboxCommits(OutboxSignal signal) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    // The contexts in which something was enqueued since their last commit. A rollback leaves them here: the worker then
    // looks once for nothing.
    private static readonly ConditionalWeakTable<DbContext, object> s_expected = new();

    public static void Expect(DbContext database) => s_expected.AddOrUpdate(database, s_expected);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Committed(eventData.Context);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private void Saved(DbContext? database)
    {
        if (database?.Database.CurrentTransaction is null)
        {
            Committed(database);
        }
    }

    private void Committed(DbContext? database)
    {
        if (database is not null && s_expected.Remove(database))
        {
            signal.Set();
        }
    }
}
