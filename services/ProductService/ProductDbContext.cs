using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService;

public sealed class ProductDbContext(DbContextOptions<ProductDbContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<StockReservation> StockReservations => Set<StockReservation>();
    public DbSet<UploadedPicture> Pictures => Set<UploadedPicture>();
    public DbSet<SearchBigram> SearchBigrams => Set<SearchBigram>();
    public DbSet<CatalogueVersion> CatalogueVersions => Set<CatalogueVersion>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // The only collation in both MySQL and MariaDB that ignores case and otherwise tells apart what Unicode does.
        modelBuilder.HasCharSet("utf8mb4").UseCollation("utf8mb4_unicode_520_ci");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ProductDbContext).Assembly);
        modelBuilder.UseSnakeCaseNames();
    }
}
