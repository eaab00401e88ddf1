using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService;

/// <summary>The database <c>productdb</c>.</summary>
public sealed class ProductDbContext(DbContextOptions<ProductDbContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    /// <summary>The ledger: every change of a product's stock.</summary>
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    /// <summary>What orders have taken, one row per order.</summary>
    public DbSet<StockReservation> StockReservations => Set<StockReservation>();

    public DbSet<UploadedPicture> Pictures => Set<UploadedPicture>();

    /// <summary>The search index.</summary>
    public DbSet<SearchBigram> SearchBigrams => Set<SearchBigram>();

    /// <summary>The catalogue's version: a single row.</summary>
    public DbSet<CatalogueVersion> CatalogueVersions => Set<CatalogueVersion>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // The one collation that MySQL and MariaDB share which ignores case, and otherwise tells apart what Unicode does.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ProductDbContext).Assembly);
        modelBuilder.UseSnakeCaseNames();
    }
}
