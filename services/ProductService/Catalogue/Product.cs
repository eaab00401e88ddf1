using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.Data;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Something that the shop sells.</summary>
public sealed class Product
{
    /// <summary>The most that a price may be, so that the dearest order possible still fits its column.</summary>
    public const long MaxPrice = 100_000_000;

    /// <summary>The most that an administrator may put in stock.</summary>
    public const int MaxStock = 10_000_000;

    public long Id { get; init; }

    public required string Name { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>The price in whole won.</summary>
    public required decimal Price { get; set; }

    /// <summary>How many can be sold.</summary>
    public int Stock { get; private set; }

    public string? Category { get; set; }

    /// <summary>Whether it can be bought.</summary>
    public ProductStatus Status { get; private set; } = ProductStatus.OutOfStock;

    /// <summary>Where its picture is: a path on the shop's own address.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>The <see cref="AdminRequest"/> that added it; null where none did.</summary>
    public string? RequestKey { get; init; }

    /// <summary>What that request said.</summary>
    public string? RequestHash { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }

    /// <summary>How many a shopper can buy now.</summary>
    public int Available => AvailableOf(Status, Stock);

    /// <summary>How many a shopper can buy of a product with this status and stock.</summary>
    public static int AvailableOf(ProductStatus status, int stock) => status == ProductStatus.Discontinued ? 0 : stock;

    /// <summary>The status of a product that is sold, by its stock.</summary>
    public static ProductStatus StatusOf(int stock) => stock > 0 ? ProductStatus.Available : ProductStatus.OutOfStock;

    /// <summary>Changes the stock; the status follows.</summary>
    public void ChangeStock(int change, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Stock + change, nameof(change));
        Stock += change;
        UpdatedAt = now;
        if (Status != ProductStatus.Discontinued)
        {
            Status = StatusOf(Stock);
        }
    }

    /// <summary>Takes the product out of the shop, or puts it back.</summary>
    public void Discontinue(bool discontinued = true) =>
        Status = discontinued ? ProductStatus.Discontinued : StatusOf(Stock);
}

/// <summary>Whether a product can be bought.</summary>
public enum ProductStatus
{
    /// <summary>There is stock.</summary>
    Available,

    /// <summary>It is sold, but none is left at present.</summary>
    OutOfStock,

    /// <summary>It is not sold any more.</summary>
    Discontinued,
}

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products", table => table.HasCheckConstraint("ck_products_stock", "stock >= 0"));
        builder.Property(product => product.Name).HasMaxLength(100);
        builder.Property(product => product.Description).HasColumnType("text");
        // The last line of defence: an update from anything but the stock that was read fails instead of losing a sale.
        builder.Property(product => product.Stock).IsConcurrencyToken();
        builder.Property(product => product.Category).HasMaxLength(50);
        builder.Property(product => product.Status).HasEnumColumn();
        builder.Property(product => product.ImageUrl).HasMaxLength(500);
        builder.Property(product => product.RequestKey).IsAscii(AdminRequest.MaxLength);
        builder.Property(product => product.RequestHash).IsAscii(AdminRequest.MaxLength);
        // No request adds two.
        builder.HasIndex(product => product.RequestKey, "ux_products_request_key").IsUnique();
        // Written and compared in SQL only (SearchIndexStore).
        builder.Property<byte[]?>("IndexedText").HasColumnType("binary(32)");
        // Only where the letters that are meant are others than those that are written (KeywordSearchStore).
        builder.Property<string?>("FoldedText").HasColumnType("mediumtext");
        // One for each order of the list, in all of the shop and in a category. Behind what they sort by they have what lists
        // leave products out by, so that finding a page's ids and counting read no product. The status changes when something
        // sells out, not with each order.
        builder.HasIndex(["CreatedAt", "Id", "Status", "Price"], "ix_products_newest");
        builder.HasIndex(["Price", "Id", "Status"], "ix_products_price");
        builder.HasIndex(["Name", "Id", "Status", "Price"], "ix_products_name");
        builder.HasIndex(["Category", "CreatedAt", "Id", "Status", "Price"], "ix_products_category");
        builder.HasIndex(["Category", "Price", "Id", "Status"], "ix_products_category_price");
        builder.HasIndex(["Category", "Name", "Id", "Status", "Price"], "ix_products_category_name");
        builder.HasIndex(product => product.ImageUrl, "ix_products_image_url");
    }
}
