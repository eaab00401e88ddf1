namespace MsaShop.OrderService.Placing;

/// <summary>Deletes old placements, and with them their idempotency keys.</summary>
public sealed class PlacementCleaner(
    IServiceScopeFactory scopes,
    IOptions<PlacementOptions> terms,
    TimeProvider time,
    ILogger<PlacementCleaner> logger
) : RowCleaner<OrderDbContext>(scopes, time, logger)
{
    public override string Table => "order_placements";

    protected override Task<int> DeleteAsync(OrderDbContext database, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var before = now - terms.Value.KeyLifetime;
        // A running placement is needed, however old.
        return database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM order_placements WHERE created_at < {before} AND state <> 'RUNNING'
            ORDER BY created_at LIMIT {BatchSize}
            """,
            cancellationToken
        );
    }
}
