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
    /// What administrators have made it, as one word for <c>If-Match</c>: it changes with what they change, not with sales. Only
    /// they see it, where it is one product.
    /// </summary>
    public string? Version { get; init; }
}

/// <summary>A category, and how many products shoppers find in it.</summary>
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

    /// <summary>The product for an administrator who may change it.</summary>
    public static ProductResponse ToEditable(this Product product) => product.ToResponse().ToEditable();

    /// <inheritdoc cref="ToEditable(Product)" />
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
