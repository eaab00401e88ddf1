using Microsoft.EntityFrameworkCore;
using MsaShop.ProductService.Catalogue;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.ProductService.Stock;

/// <summary>Changes products one writer at a time.</summary>
internal sealed class ProductLock(ProductDbContext context)
{
    /// <summary>
    /// Does the work in one transaction, again from the start if the database could not go on: a deadlock, a lost
    /// connection, somebody else with the same key.
    /// </summary>
    /// <param name="work">What to do. It may run several times, of which one at most counts.</param>
    /// <param name="reference">
    /// By which the ledger tells whether the work was done, where the answer to its commit was lost; none where doing it
    /// once more does no harm.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<T> TransactAsync<T>(
        Func<CancellationToken, Task<T>> work,
        string? reference,
        CancellationToken cancellationToken
    ) =>
        context.TransactAsync(
            work,
            wasDone: async token =>
                reference is not null
                && await context.StockMovements.AnyAsync(movement => movement.Reference == reference, token),
            cancellationToken
        );

    /// <summary>
    /// Reads products in order to change them in this transaction; other writers wait until it ends. Rows are locked in
    /// the order of their ids, so that baskets with the same products never wait for each other in a circle.
    /// </summary>
    public Task<Dictionary<long, Product>> LockAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var placeholders = string.Join(',', ids.Select((_, index) => $"{{{index}}}"));
        var sql = $"SELECT * FROM products WHERE id IN ({placeholders}) ORDER BY id FOR UPDATE";
        return context
            .Products.FromSqlRaw(sql, [.. ids.Cast<object>()])
            .ToDictionaryAsync(product => product.Id, cancellationToken);
    }
}
