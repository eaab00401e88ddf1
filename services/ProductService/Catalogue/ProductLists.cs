using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Reads the lists of products so that they cost the same in a large shop as in a small one.</summary>
internal sealed class ProductLists(ProductDbContext context, NewestProducts newest, CatalogueMemory memory)
{
    // So far a page's products are read from an index's beginning with less work than their ids first. From further on the
    // database would rather read them all.
    private const int NearBy = 100;

    /// <summary>The page of what is wanted, and how much there is of it.</summary>
    public async Task<PagedList<ProductResponse>> FindAsync(
        ProductFilter filter,
        ProductPage page,
        bool asAdmin,
        CancellationToken cancellationToken
    )
    {
        if (filter.WantsAll && page.IsNewest && page.End <= NearBy)
        {
            var (first, version) = await newest.ReadAsync(
                context,
                page.End - page.Length,
                page.Length,
                cancellationToken
            );
            if (first.Count > 0)
            {
                return page.ToPage(
                    [.. first.Select(ProductResponses.ToResponse)],
                    await CountAsync(filter, asAdmin, version, cancellationToken)
                );
            }
        }

        var total = await CountAsync(filter, asAdmin, version: null, cancellationToken);
        if (total == 0)
        {
            return page.ToPage<ProductResponse>([], 0);
        }

        // A category's cheapest take longer the larger the catalogue, when they are read so.
        var isInOrder = filter.WantsAll ? page.HasIndex : filter.WantsCategory && page.IsNewest;
        if (isInOrder && page.End <= NearBy)
        {
            var near = page.Apply(page.Order(filter.Filter(context.Products, asAdmin)));
            return page.ToPage(
                [.. (await near.ToListAsync(cancellationToken)).Select(ProductResponses.ToResponse)],
                total
            );
        }

        var byIndex = filter.Q is null || !await IsFrequentAsync(filter, page, total, cancellationToken);
        // The ids first, which indexes have: what comes before the page, and what is sorted, is never read as a whole.
        var ids = page.Apply(page.Order(filter.Filter(context.Products, asAdmin, byIndex)))
            .Select(product => product.Id);
        var products = ids.Join(
            context.Products.AsNoTracking(),
            id => id,
            product => product.Id,
            (_, product) => product
        );
        var items = await page.Order(products).ToListAsync(cancellationToken);
        return page.ToPage([.. items.Select(ProductResponses.ToResponse)], total);
    }

    /// <summary>The categories, and how many products shoppers find in each.</summary>
    public Task<List<CategoryResponse>> CountCategoriesAsync(CancellationToken cancellationToken) =>
        memory.GetAsync(
            context,
            nameof(CountCategoriesAsync),
            () =>
                context
                    .Products.Where(product => product.Status != ProductStatus.Discontinued && product.Category != null)
                    .GroupBy(product => product.Category!)
                    .OrderBy(category => category.Key)
                    .Select(category => new CategoryResponse(category.Key, category.Count()))
                    .ToListAsync(cancellationToken),
            cancellationToken
        );

    private Task<long> CountAsync(
        ProductFilter filter,
        bool asAdmin,
        long? version,
        CancellationToken cancellationToken
    )
    {
        return !filter.LeavesStockAside(asAdmin, out var key) ? CountNowAsync()
            : version is { } known ? memory.GetAsync(known, key, CountNowAsync)
            : memory.GetAsync(context, key, CountNowAsync, cancellationToken);

        Task<long> CountNowAsync() => filter.Filter(context.Products, asAdmin).LongCountAsync(cancellationToken);
    }

    /// <summary>
    /// Whether a keyword is on so many products that the page fills sooner when products are read in the list's order and
    /// compared, than when all those that the index has are fetched and sorted.
    /// </summary>
    private async Task<bool> IsFrequentAsync(
        ProductFilter filter,
        ProductPage page,
        long total,
        CancellationToken cancellationToken
    )
    {
        if (!page.HasIndex)
        {
            return false;
        }

        var all = await CountAsync(new ProductFilter(), asAdmin: false, version: null, cancellationToken);
        return (double)total * total > (double)page.End * all;
    }
}

/// <summary>The newest products. Their query is compiled once for a process: it is the list that most shoppers see first.</summary>
internal sealed class NewestProducts
{
    private readonly Func<ProductDbContext, int, int, IAsyncEnumerable<Listed>> _read = EF.CompileAsyncQuery(
        (ProductDbContext context, int offset, int limit) =>
            context
                .Products.AsNoTracking()
                .Where(product => product.Status != ProductStatus.Discontinued)
                .OrderByDescending(product => product.CreatedAt)
                .ThenByDescending(product => product.Id)
                .Skip(offset)
                .Take(limit)
                .Select(product => new Listed(
                    product,
                    context
                        .CatalogueVersions.Where(row => row.Id == CatalogueVersion.OnlyId)
                        .Select(row => row.Version)
                        .First()
                ))
    );

    /// <summary>
    /// Reads so many of them, and the catalogue's version in the same trip, under which <see cref="CatalogueMemory"/> knows their number.
    /// </summary>
    public async Task<(List<Product> Products, long Version)> ReadAsync(
        ProductDbContext context,
        int offset,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var listed = await _read(context, offset, limit).ToListAsync(cancellationToken);
        return ([.. listed.Select(one => one.Product)], listed.FirstOrDefault()?.Version ?? 0);
    }

    private sealed record Listed(Product Product, long Version);
}
