using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Reads the lists of products so that they cost the same in a large shop as in a small one.</summary>
internal sealed class ProductLists(ProductDbContext context, CatalogueMemory memory)
{
    // So far a page's products are read from the index's beginning as quickly as their ids alone.
    private const int NearBy = 1000;

    /// <summary>Compiled once: the list that most shoppers see first.</summary>
    private static readonly Func<ProductDbContext, int, int, IAsyncEnumerable<Product>> s_newest = EF.CompileAsyncQuery(
        (ProductDbContext context, int offset, int limit) =>
            context
                .Products.AsNoTracking()
                .Where(product => product.Status != ProductStatus.Discontinued)
                .OrderByDescending(product => product.CreatedAt)
                .ThenByDescending(product => product.Id)
                .Skip(offset)
                .Take(limit)
    );

    /// <summary>The page of what is wanted, and how much there is of it.</summary>
    public async Task<PagedList<ProductResponse>> FindAsync(
        ProductFilter filter,
        ProductPage page,
        bool asAdmin,
        CancellationToken cancellationToken
    )
    {
        var total = await CountAsync(filter, asAdmin, cancellationToken);
        if (total == 0)
        {
            return page.ToPage<ProductResponse>([], 0);
        }

        if (filter.WantsAll && page.IsNewest && page.End <= NearBy)
        {
            var newest = s_newest(context, page.End - page.Length, page.Length);
            return page.ToPage(await newest.Select(ProductResponses.ToResponse).ToListAsync(cancellationToken), total);
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

    private Task<long> CountAsync(ProductFilter filter, bool asAdmin, CancellationToken cancellationToken)
    {
        return filter.LeavesStockAside(asAdmin, out var key)
            ? memory.GetAsync(context, key, CountNowAsync, cancellationToken)
            : CountNowAsync();

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

        var all = await CountAsync(new ProductFilter(), asAdmin: false, cancellationToken);
        return (double)total * total > (double)page.End * all;
    }
}
