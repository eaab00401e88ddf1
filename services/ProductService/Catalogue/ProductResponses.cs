using System.Data.Common;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

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

    /// <summary>The product as an administrator sees it who may change it.</summary>
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

    /// <summary>The product with this id, or null. In SQL: EF would take a sixth of what is asked for most often.</summary>
    public static async Task<ProductResponse?> FindProductAsync(
        this ProductDbContext context,
        long id,
        CancellationToken cancellationToken
    )
    {
        var found = await context.ReadBatchAsync(
            [
                $"""
                SELECT id, name, description, price, stock, category, status, image_url, created_at, updated_at
                FROM products WHERE id = {id}
                """,
            ],
            Read,
            cancellationToken
        );
        return found.SingleOrDefault();
    }

    private static ProductResponse Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            (long)row.GetDecimal(3),
            row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            EnumWords.Parse<ProductStatus>(row.GetString(6))!.Value,
            row.IsDBNull(7) ? null : row.GetString(7),
            row.GetUtc(8),
            row.GetUtc(9)
        );
}
