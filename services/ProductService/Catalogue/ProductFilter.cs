using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Which products to list.</summary>
public sealed record ProductFilter
{
    private static readonly ProductFilter s_all = new();
    private static readonly string[] s_sold = [ProductStatus.Available.ToWord(), ProductStatus.OutOfStock.ToWord()];

    /// <summary>Words, or parts of words, in the name or the description.</summary>
    [StringLength(100)]
    public string? Q { get; init; }

    /// <summary>The category's name.</summary>
    [StringLength(50)]
    public string? Category { get; init; }

    /// <summary>The lowest price, in won.</summary>
    [Range(0, Product.MaxPrice)]
    public long? MinPrice { get; init; }

    /// <summary>The highest price, in won.</summary>
    [Range(0, Product.MaxPrice)]
    public long? MaxPrice { get; init; }

    /// <summary>Only products in stock.</summary>
    public bool? InStock { get; init; }

    /// <summary>
    /// The statuses to list: AVAILABLE, OUT_OF_STOCK and, for administrators, DISCONTINUED; by default the first two.
    /// </summary>
    [WordOf<ProductStatus>]
    public string[]? Status { get; init; }

    /// <summary>For administrators: only products with less stock than this.</summary>
    [Range(1, Product.MaxStock)]
    public int? StockBelow { get; init; }

    /// <summary>Whether only administrators may ask this.</summary>
    internal bool IsForAdmins => StockBelow is not null;

    /// <summary>Whether it selects all that shoppers see.</summary>
    // An absent status arrives as an empty array.
    internal bool WantsAll => Status is null or [] && this with { Status = null } == s_all;

    /// <summary>Whether it selects all that shoppers see of a category.</summary>
    internal bool WantsCategory => Category is { Length: > 0 } && (this with { Category = null }).WantsAll;

    /// <summary>
    /// Whether the number of matches depends on the catalogue alone, and not on stock, which orders change.
    /// </summary>
    /// <param name="key">The cache key.</param>
    internal bool LeavesStockAside(bool asAdmin, out object key)
    {
        var wanted = Status is { Length: > 0 } ? [.. Status.Distinct().Order(StringComparer.Ordinal)] : s_sold;
        // Products with and without stock are treated alike; discontinued ones have none to sell, whatever happens.
        var together = s_sold.All(wanted.Contains) || !s_sold.Any(wanted.Contains);
        key = (asAdmin, string.Join(' ', wanted), Category, MinPrice, MaxPrice, Q);
        return together && InStock != true && StockBelow is null;
    }

    /// <param name="byIndex">Whether keywords are looked up in the index; otherwise each product's text is compared.</param>
    internal IQueryable<Product> Filter(DbSet<Product> products, bool asAdmin, bool byIndex = true)
    {
        var wanted = byIndex && Q is not null ? products.MayMatch(Q) : products;
        return Narrow(wanted.AsNoTracking(), asAdmin);
    }

    private IQueryable<Product> Narrow(IQueryable<Product> products, bool asAdmin)
    {
        if (!asAdmin || Status is null or [])
        {
            products = products.Where(product => product.Status != ProductStatus.Discontinued);
        }

        if (Status is { Length: > 0 })
        {
            var statuses = Status.Select(word => EnumWords.Parse<ProductStatus>(word)!.Value).ToList();
            products = products.Where(product => statuses.Contains(product.Status));
        }

        if (InStock == true)
        {
            products = products.Where(product => product.Status == ProductStatus.Available);
        }

        if (Category is { Length: > 0 })
        {
            products = products.Where(product => product.Category == Category);
        }

        if (MinPrice is { } minPrice)
        {
            products = products.Where(product => product.Price >= minPrice);
        }

        if (MaxPrice is { } maxPrice)
        {
            products = products.Where(product => product.Price <= maxPrice);
        }

        if (StockBelow is { } stockBelow)
        {
            products = products.Where(product => product.Stock < stockBelow);
        }

        return Q is null ? products : products.Matching(Q);
    }
}

/// <summary>The page to list, and its order.</summary>
public sealed record ProductPage : PageRequest
{
    private const string ByStock = "stock";

    /// <summary>newest, priceAsc, priceDesc, name or, for administrators, stock, the lowest first.</summary>
    [AllowedValues(
        null,
        "newest",
        "priceAsc",
        "priceDesc",
        "name",
        ByStock,
        ErrorMessage = "The field {0} takes newest, priceAsc, priceDesc, name and stock."
    )]
    [DefaultValue("newest")]
    public string? Sort { get; init; }

    /// <summary>Whether only administrators may ask this.</summary>
    internal bool IsForAdmins => Sort == ByStock;

    /// <summary>Whether an index has this order.</summary>
    internal bool HasIndex => Sort != ByStock;

    internal int End => Offset + Limit;

    internal int Length => Limit;

    internal bool IsNewest => Sort is null or "newest";

    /// <summary>The id breaks ties, so that no product is on two pages.</summary>
    internal IQueryable<Product> Order(IQueryable<Product> products) =>
        Sort switch
        {
            "priceAsc" => products.OrderBy(product => product.Price).ThenBy(product => product.Id),
            "priceDesc" => products.OrderByDescending(product => product.Price).ThenByDescending(product => product.Id),
            "name" => products.OrderBy(product => product.Name).ThenBy(product => product.Id),
            ByStock => products.OrderBy(product => product.Stock).ThenBy(product => product.Id),
            _ => products.OrderByDescending(product => product.CreatedAt).ThenByDescending(product => product.Id),
        };
}
