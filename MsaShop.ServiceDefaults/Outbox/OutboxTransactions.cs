using System.Data;
using Microsoft.EntityFrameworkCore;

namespace MsaShop.Outbox;

internal static class OutboxTransactions
{
    /// <summary>
    /// Works in the current transaction, or else in one of its own, done again where the database could not go on. Read
    /// committed: locks on gaps between rows would keep others from enqueueing.
    /// </summary>
    public static async Task<T> TransactAsync<T>(
        this DbContext database,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        if (database.Database.CurrentTransaction is not null)
        {
            return await work(cancellationToken);
        }

        return await database
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                async token =>
                {
                    await using var transaction = await database.Database.BeginTransactionAsync(
                        IsolationLevel.ReadCommitted,
                        token
                    );
                    var result = await work(token);
                    // Nobody gives up half-way: what is claimed must be known to be.
                    await transaction.CommitAsync(CancellationToken.None);
                    return result;
                },
                cancellationToken
            );
    }
}
