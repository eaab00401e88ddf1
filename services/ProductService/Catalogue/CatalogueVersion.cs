using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Rises with every change of the catalogue by administrators, in the change's transaction. A single row: writers queue at
/// it, so that no change appears under a version that was already read.
/// </summary>
public sealed class CatalogueVersion
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required long Version { get; init; }
}

internal sealed class CatalogueVersionConfiguration : IEntityTypeConfiguration<CatalogueVersion>
{
    public void Configure(EntityTypeBuilder<CatalogueVersion> builder)
    {
        builder.ToTable("catalogue_version");
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.HasData(new CatalogueVersion { Id = CatalogueVersion.OnlyId, Version = 1 });
    }
}
