using System.ComponentModel.DataAnnotations;

namespace MsaShop.ProductService.Catalogue;

/// <summary>What an administrator says about a product.</summary>
public record ProductDetails
{
    /// <summary>The name.</summary>
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary>What there is to say about it.</summary>
    [StringLength(10_000)]
    public string? Description { get; init; }

    /// <summary>The price in whole won.</summary>
    [Required]
    [Range(1, Product.MaxPrice)]
    public long? Price { get; init; }

    /// <summary>The category's name.</summary>
    [Required]
    [StringLength(50)]
    public string? Category { get; init; }

    /// <summary>
    /// Where its picture is: a path on the shop's own address, such as an uploaded picture's. The storefront's pages show no
    /// pictures from elsewhere.
    /// </summary>
    [StringLength(500)]
    [RegularExpression(
        @"/(?![/\\])[^\s\\]*",
        ErrorMessage = "The field {0} must be a path on the shop's own address, which starts with '/'."
    )]
    public string? ImageUrl { get; init; }
}

/// <summary>A product to add.</summary>
public sealed record CreateProductRequest : ProductDetails
{
    /// <summary>How many there are to begin with.</summary>
    [Range(0, Product.MaxStock)]
    public int Stock { get; init; }
}

/// <summary>
/// What a product is to be from now on. Its stock is not among it: a form opened earlier would undo the sales since.
/// </summary>
public sealed record UpdateProductRequest : ProductDetails
{
    /// <summary>Whether it is taken out of the shop; left as it is where absent.</summary>
    public bool? Discontinued { get; init; }
}
