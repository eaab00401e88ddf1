using System.ComponentModel.DataAnnotations;

namespace MsaShop.ProductService.Stock;

/// <summary>The configuration section <c>Stock</c>.</summary>
public sealed class StockOptions
{
    /// <summary>
    /// How long a closed order is remembered, so that a late take takes nothing: longer than any call can be under way, or
    /// any outbox down.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepReturned { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>
/// Deletes what closed orders took and returned; the ledger has it. What an order still holds is kept, because it may
/// be returned.
/// </summary>
public sealed class StockReservationCleaner(
    IServiceScopeFactory scopes,
    IOptions<StockOptions> terms,
    TimeProvider time,
    ILogger<StockReservationCleaner> logger
) : RowCleaner<ProductDbContext>(scopes, time, logger)
{
    public override string Table => "stock_reservations";

    protected override Task<int> DeleteAsync(
        ProductDbContext database,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        var before = now - terms.Value.KeepReturned;
        // Its lines are deleted with it.
        return database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM stock_reservations WHERE status = 'RETURNED' AND updated_at < {before}
            ORDER BY updated_at LIMIT {BatchSize}
            """,
            cancellationToken
        );
    }
}
