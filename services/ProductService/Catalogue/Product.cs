using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

public sealed class Product
{
    /// <summary>In won. The most expensive order possible must still fit its column.</summary>
    public const long MaxPrice = 100_000_000;

    /// <summary>The most that an administrator may put in stock.</summary>
    public const int MaxStock = 10_000_000;

    public long Id { get; init; }
    public required string Name { get; set; }
    public string? Description { get; set; }

    /// <summary>In whole won.</summary>
    public required decimal Price { get; set; }

    public int Stock { get; private set; }

    public string? Category { get; set; }
    public ProductStatus Status { get; private set; } = ProductStatus.OutOfStock;

    /// <summary>A path on the shop's own address, or a URL on an allowed host.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>The key of the <see cref="AdminRequest"/> that added it; null if none did.</summary>
    public string? RequestKey { get; init; }

    public string? RequestHash { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }

    /// <summary>The status of a product for sale, by its stock.</summary>
    public static ProductStatus StatusOf(int stock) => stock > 0 ? ProductStatus.Available : ProductStatus.OutOfStock;

    /// <summary>Changes the stock, and the status with it.</summary>
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

    /// <summary>Takes the product off sale, or puts it back.</summary>
    public void Discontinue(bool discontinued = true) =>
        Status = discontinued ? ProductStatus.Discontinued : StatusOf(Stock);
}

public enum ProductStatus
{
    Available,
    OutOfStock,
    Discontinued,
}

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products", table => table.HasCheckConstraint("ck_products_stock", "stock >= 0"));
        builder.Property(product => product.Name).HasMaxLength(100);
        builder.Property(product => product.Description).HasColumnType("text");
        // The last line of defence: an update based on an outdated stock fails, so no sale is lost.
        builder.Property(product => product.Stock).IsConcurrencyToken();
        builder.Property(product => product.Category).HasMaxLength(50);
        builder.Property(product => product.Status).HasEnumColumn();
        builder.Property(product => product.ImageUrl).HasMaxLength(500);
        builder.Property(product => product.RequestKey).IsAscii(AdminRequest.MaxLength);
        builder.Property(product => product.RequestHash).IsAscii(AdminRequest.MaxLength);
        // A request adds one product at most.
        builder.HasIndex(product => product.RequestKey, "ux_products_request_key").IsUnique();
        // Written and compared in SQL only (SearchIndexStore).
        builder.Property<byte[]?>("IndexedText").HasColumnType("binary(32)");
        // Set only where the folded text differs from the written one (SearchBigrams.FoldedOf).
        builder.Property<string?>("FoldedText").HasColumnType("mediumtext");
        // One for each sort order, in the whole shop and in a category. After the sort columns come those that lists
        // filter by, so that finding a page's ids, and counting, read no product. The status changes when a product
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
