using OpenTelemetry;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Indexes products written without the index: demo data, mended text, and what an older release writes during a roll-out.
/// The migration runs it for the first two. For the last it runs hourly: a few seconds for a million products, locking only
/// what it writes.
/// </summary>
public sealed class SearchIndexRepair(IServiceScopeFactory scopes, TimeProvider time, ILogger<SearchIndexRepair> logger)
    : PeriodicWork(s_interval, time, logger)
{
    // So few that an order for one of them does not wait for long.
    private const int ProductsAtOnce = 50;

    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        await RepairAsync(scope.ServiceProvider, cancellationToken);
    }

    internal static async Task RepairAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<ProductDbContext>();
        var catalogue = services.GetRequiredService<CatalogueStore>();
        var unindexed = await SearchIndexStore.FindUnindexed(database).ToListAsync(cancellationToken);
        foreach (var ids in unindexed.Order().Chunk(ProductsAtOnce))
        {
            await catalogue.IndexAsync(ids, cancellationToken);
        }
    }
}
