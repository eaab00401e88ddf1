using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService;

/// <summary>The database <c>productdb</c>.</summary>
public sealed class ProductDbContext(DbContextOptions<ProductDbContext> options) : DbContext(options)
{
    /// <summary>What the shop sells, or sold.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>The ledger: every change of a product's stock.</summary>
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    /// <summary>What orders took, one row an order.</summary>
    public DbSet<StockReservation> StockReservations => Set<StockReservation>();

    /// <summary>The pictures that administrators uploaded.</summary>
    public DbSet<UploadedPicture> Pictures => Set<UploadedPicture>();

    /// <summary>What the search finds products by.</summary>
    public DbSet<SearchBigram> SearchBigrams => Set<SearchBigram>();

    /// <summary>How often the catalogue changed: a single row.</summary>
    public DbSet<CatalogueVersion> CatalogueVersions => Set<CatalogueVersion>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // The one collation that MySQL and MariaDB share which ignores case and tells apart all that Unicode tells apart.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ProductDbContext).Assembly);
        modelBuilder.UseSnakeCaseNames();
    }
}
