using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Grows with every change that administrators make to the catalogue, in the change's own transaction. A single row: writers
/// wait for each other at it, so that no change comes to light under a version that somebody has read before.
/// </summary>
public sealed class CatalogueVersion
{
    /// <summary>The only row's key.</summary>
    public const int OnlyId = 1;

    public required int Id { get; init; }

    /// <summary>How often the catalogue changed.</summary>
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
