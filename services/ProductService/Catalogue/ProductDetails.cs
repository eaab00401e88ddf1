using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MsaShop.ServiceDefaults.Text;

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
    [JsonConverter(typeof(LinesConverter))]
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
    /// Where its picture is: the address that an upload is answered with, or https on one of the hosts that the shop allows.
    /// </summary>
    [StringLength(500)]
    [PictureAddress]
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
