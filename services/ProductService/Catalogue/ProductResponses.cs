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
);

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
}
