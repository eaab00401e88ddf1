namespace MsaShop.ProductService.Catalogue;

/// <summary>A product as clients see it.</summary>
public sealed record ProductResponse(
    long Id,
    string Name,
    string? Description,
    long Price,
    int Stock,
    string? Category,
    ProductStatus Status,
    string? ImageUrl,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>
    /// An opaque tag, for <c>If-Match</c>, of what administrators edit: sales do not change it. Only administrators see
    /// it, and not in lists.
    /// </summary>
    public string? Version { get; init; }
}

/// <summary>A category, with the number of products that shoppers find in it.</summary>
public sealed record CategoryResponse(string Name, int Count);

internal static class ProductResponses
{
    public static ProductResponse ToResponse(this Product product) =>
        new(
            product.Id,
            product.Name,
            product.Description,
            (long)product.Price,
            product.Stock,
            product.Category,
            product.Status,
            product.ImageUrl,
            product.CreatedAt,
            product.UpdatedAt
        );

    /// <summary>With the version, for an administrator.</summary>
    public static ProductResponse ToEditable(this Product product) => product.ToResponse().ToEditable();

    public static ProductResponse ToEditable(this ProductResponse product) =>
        product with
        {
            Version = IdempotencyKey.Hash(
                new
                {
                    product.Name,
                    product.Description,
                    product.Price,
                    product.Category,
                    product.ImageUrl,
                    IsSold = product.Status != ProductStatus.Discontinued,
                }
            )[..16],
        };
}
