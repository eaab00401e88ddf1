using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

/// <summary>A picture uploaded by an administrator. Stored in the database, where every replica finds it.</summary>
public sealed class UploadedPicture
{
    public const int HashLength = 64;

    /// <summary>The content's SHA-256.</summary>
    public required string Hash { get; init; }

    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }

    /// <summary>The time of the last upload.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The user who uploaded it first.</summary>
    public required long CreatedBy { get; init; }
}

internal sealed class UploadedPictureConfiguration : IEntityTypeConfiguration<UploadedPicture>
{
    public void Configure(EntityTypeBuilder<UploadedPicture> builder)
    {
        builder.ToTable("product_images");
        builder.HasKey(picture => picture.Hash);
        builder.Property(picture => picture.Hash).IsAscii(UploadedPicture.HashLength);
        builder.Property(picture => picture.ContentType).IsAscii(50);
        builder.Property(picture => picture.Content).HasColumnType("longblob");
        builder.HasIndex(picture => picture.CreatedAt, "ix_product_images_created");
    }
}
