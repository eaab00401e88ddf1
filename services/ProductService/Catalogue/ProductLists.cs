namespace MsaShop.ProductService.Catalogue;

/// <summary>Reads lists of products at a cost that does not grow with the catalogue.</summary>
internal sealed class ProductLists(ProductDbContext database, NewestProducts newest, CatalogueMemory memory)
{
    // Up to here, reading a page's products along an index costs less than finding their ids first. Further on, the
    // database would rather read them all.
    private const int NearBy = 100;

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
                database,
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

        // Read this way, a category's cheapest would take longer in a larger catalogue.
        var isInOrder = filter.WantsAll ? page.HasIndex : filter.WantsCategory && page.IsNewest;
        if (isInOrder && page.End <= NearBy)
        {
            var near = page.Apply(page.Order(filter.Filter(database.Products, asAdmin)));
            return page.ToPage(
                [.. (await near.ToListAsync(cancellationToken)).Select(ProductResponses.ToResponse)],
                total
            );
        }

        var byIndex = filter.Q is null || !await IsFrequentAsync(filter, page, total, cancellationToken);
        // Ids first, from an index alone: rows before the page, and rows to be sorted, are never read whole.
        var ids = page.Apply(page.Order(filter.Filter(database.Products, asAdmin, byIndex)))
            .Select(product => product.Id);
        var products = ids.Join(
            database.Products.AsNoTracking(),
            id => id,
            product => product.Id,
            (_, product) => product
        );
        var items = await page.Order(products).ToListAsync(cancellationToken);
        return page.ToPage([.. items.Select(ProductResponses.ToResponse)], total);
    }

    public Task<List<CategoryResponse>> CountCategoriesAsync(CancellationToken cancellationToken) =>
        memory.GetAsync(
            database,
            nameof(CountCategoriesAsync),
            () =>
                database
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
            : memory.GetAsync(database, key, CountNowAsync, cancellationToken);

        Task<long> CountNowAsync() => filter.Filter(database.Products, asAdmin).LongCountAsync(cancellationToken);
    }

    /// <summary>
    /// Whether so many products have a keyword that reading them in the list's order fills the page sooner than fetching and
    /// sorting all matches.
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

/// <summary>The newest products. The query is compiled once per process: most shoppers see this list first.</summary>
internal sealed class NewestProducts
{
    private readonly Func<ProductDbContext, int, int, IAsyncEnumerable<Listed>> _read = EF.CompileAsyncQuery(
        (ProductDbContext database, int offset, int limit) =>
            database
                .Products.AsNoTracking()
                .Where(product => product.Status != ProductStatus.Discontinued)
                .OrderByDescending(product => product.CreatedAt)
                .ThenByDescending(product => product.Id)
                .Skip(offset)
                .Take(limit)
                .Select(product => new Listed(
                    product,
                    database
                        .CatalogueVersions.Where(row => row.Id == CatalogueVersion.OnlyId)
                        .Select(row => row.Version)
                        .First()
                ))
    );

    /// <summary>
    /// Also reads, in the same trip, the catalogue's version, under which <see cref="CatalogueMemory"/> has their
    /// number.
    /// </summary>
    public async Task<(List<Product> Products, long Version)> ReadAsync(
        ProductDbContext database,
        int offset,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var listed = await _read(database, offset, limit).ToListAsync(cancellationToken);
        return ([.. listed.Select(one => one.Product)], listed.FirstOrDefault()?.Version ?? 0);
    }

    private sealed record Listed(Product Product, long Version);
}
