using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Indexes the products that were written without it: the demo shop's, text that was mended, and what a replica of an older
/// release writes while a newer one is rolled out. The step that migrates runs it for the first two; for the last it runs once
/// an hour, a few seconds for a million products, and locks only those that it writes.
/// </summary>
public sealed class SearchIndexRepair(IServiceScopeFactory scopes, TimeProvider time, ILogger<SearchIndexRepair> logger)
    : PeriodicWork(s_interval, time, logger)
{
    // So few that an order of one of them does not wait for long.
    private const int ProductsAtOnce = 50;

    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        await RepairAsync(scope.ServiceProvider, cancellationToken);
    }

    /// <summary>Indexes all products that are not.</summary>
    internal static async Task RepairAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = services.GetRequiredService<ProductDbContext>();
        var catalogue = services.GetRequiredService<CatalogueStore>();
        var unindexed = await SearchIndexStore.FindUnindexed(context).ToListAsync(cancellationToken);
        foreach (var ids in unindexed.Order().Chunk(ProductsAtOnce))
        {
            await catalogue.IndexAsync(ids, cancellationToken);
        }
    }
}
