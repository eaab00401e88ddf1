using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.ProductService.Catalogue;

/// <summary>A product's editable details.</summary>
public record ProductDetails
{
    /// <summary>The name.</summary>
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary>Plain text, which may have several lines.</summary>
    [StringLength(10_000)]
    [JsonConverter(typeof(LinesConverter))]
    public string? Description { get; init; }

    /// <summary>In whole won.</summary>
    [Required]
    [Range(1, Product.MaxPrice)]
    public long? Price { get; init; }

    /// <summary>The category's name.</summary>
    [Required]
    [StringLength(50)]
    public string? Category { get; init; }

    /// <summary>The address that an upload returned, or https on a host that the shop allows.</summary>
    [StringLength(500)]
    [PictureAddress]
    public string? ImageUrl { get; init; }
}

/// <summary>A product to add.</summary>
public sealed record CreateProductRequest : ProductDetails
{
    /// <summary>The initial stock.</summary>
    [Range(0, Product.MaxStock)]
    public int Stock { get; init; }
}

/// <summary>
/// A product's new details. Its stock is not among them: a form opened earlier would undo the sales since.
/// </summary>
public sealed record UpdateProductRequest : ProductDetails
{
    /// <summary>Whether it is off sale; unchanged if absent.</summary>
    public bool? Discontinued { get; init; }
}
