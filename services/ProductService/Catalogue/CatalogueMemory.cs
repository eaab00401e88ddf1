using Microsoft.Extensions.Caching.Memory;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Caches counts of the catalogue until an administrator changes it. A page of a list comes from an index; its total is
/// what grows with the catalogue. No replica serves an outdated count: the version is read first, so a count is at
/// least as new. Counter tables would be as exact, but there is none for every price range and keyword.
/// </summary>
internal sealed class CatalogueMemory : IDisposable
{
    private const int MaxEntries = 10_000;

    // A replica of an older release does not raise the version: its changes show after this time at the latest.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private readonly Func<ProductDbContext, CancellationToken, Task<long>> _readVersion = EF.CompileAsyncQuery(
        (ProductDbContext database, CancellationToken _) =>
            database
                .CatalogueVersions.Where(row => row.Id == CatalogueVersion.OnlyId)
                .Select(row => row.Version)
                .First()
    );

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>Returns the cached count, or counts. A count must not depend on stock, which orders change.</summary>
    /// <param name="what">The cache key.</param>
    public async Task<T> GetAsync<T>(
        ProductDbContext database,
        object what,
        Func<Task<T>> count,
        CancellationToken cancellationToken
    ) => await GetAsync(await _readVersion(database, cancellationToken), what, count);

    /// <summary>For a caller that has already read the version.</summary>
    /// <param name="what">The cache key.</param>
    public async Task<T> GetAsync<T>(long version, object what, Func<Task<T>> count)
    {
        var key = (version, what);
        if (!_cache.TryGetValue(key, out T? counted))
        {
            counted = await count();
            _cache.Set(
                key,
                counted,
                new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = s_lifetime, Size = 1 }
            );
        }

        return counted!;
    }

    public void Dispose() => _cache.Dispose();
}
