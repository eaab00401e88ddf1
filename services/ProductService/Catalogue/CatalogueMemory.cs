using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Remembers what has been counted in the catalogue until an administrator changes it. Counting is what grows with the
/// catalogue: a list's page comes out of an index, its total does not. Nobody sees an old number, in whichever replica: the
/// version is read first, so that what is counted is at least as new. Counters in the database would be as exact, but there
/// is none for every price range and keyword.
/// </summary>
internal sealed class CatalogueMemory : IDisposable
{
    private const int MaxEntries = 10_000;

    // A replica of the release before, which changes no version, is seen at last: none outlives its successor for long.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private readonly Func<ProductDbContext, CancellationToken, Task<long>> _readVersion = EF.CompileAsyncQuery(
        (ProductDbContext context, CancellationToken _) =>
            context.CatalogueVersions.Where(row => row.Id == CatalogueVersion.OnlyId).Select(row => row.Version).First()
    );

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>What was counted, or else counts it. It must not depend on any stock, which orders change.</summary>
    /// <param name="what">Tells it from all else that is counted.</param>
    public async Task<T> GetAsync<T>(
        ProductDbContext context,
        object what,
        Func<Task<T>> count,
        CancellationToken cancellationToken
    ) => await GetAsync(await _readVersion(context, cancellationToken), what, count);

    /// <summary>What was counted, or else counts it, for a caller that has read the version already.</summary>
    /// <param name="version">The catalogue's version, read before this call.</param>
    /// <param name="what">Tells it from all else that is counted.</param>
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
