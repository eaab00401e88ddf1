using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ProductService.Catalogue;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Stock;

/// <summary>Changes products one writer at a time.</summary>
internal sealed class ProductLock(ProductDbContext context)
{
    /// <summary>
    /// Reads products in order to change them in this transaction; other writers wait until it ends. Rows are locked in
    /// the order of their ids, so that baskets with the same products never wait for each other in a circle.
    /// </summary>
    public Task<Dictionary<long, Product>> LockAsync(
        IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken
    ) => context.Products.FromSql(Lock("*", ids)).ToDictionaryAsync(product => product.Id, cancellationToken);

    /// <summary>The same for what orders take, in the order of the products' ids.</summary>
    public static Task<List<LockedStock>> LockStocksAsync(
        BatchedTransaction transaction,
        IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken
    ) => transaction.ReadAsync(Lock(LockedStock.Columns, ids), LockedStock.Read, cancellationToken);

    private static FormattableString Lock(string columns, IReadOnlyCollection<long> ids)
    {
        var placeholders = string.Join(',', ids.Select((_, index) => $"{{{index}}}"));
        return FormattableStringFactory.Create(
            $"SELECT {columns} FROM products WHERE id IN ({placeholders}) ORDER BY id FOR UPDATE",
            [.. ids.Cast<object>()]
        );
    }
}

/// <summary>What orders need to know of a product that they have locked.</summary>
internal sealed record LockedStock(long Id, string Name, decimal Price, int Stock, ProductStatus Status)
{
    public const string Columns = "id, name, price, stock, status";

    public int Available => Product.AvailableOf(Status, Stock);

    public static LockedStock Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetDecimal(2),
            row.GetInt32(3),
            EnumWords.Parse<ProductStatus>(row.GetString(4))!.Value
        );
}
