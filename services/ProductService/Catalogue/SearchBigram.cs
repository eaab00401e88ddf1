using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// An entry of the search index: two letters that follow each other in a product's name or description.
/// </summary>
public sealed class SearchBigram
{
    /// <summary>Two letters; a word's last letter stands alone if no pair begins with it.</summary>
    public required string Term { get; init; }

    public required long ProductId { get; init; }
}

internal sealed class ProductTermConfiguration : IEntityTypeConfiguration<SearchBigram>
{
    public void Configure(EntityTypeBuilder<SearchBigram> builder)
    {
        builder.ToTable("search_bigrams");
        // A term's products lie together, in the order in which they were added. The collation is that of the text, so that
        // letters which LIKE treats as equal are equal here, on any server, and no match is missed.
        builder.HasKey(term => new { term.Term, term.ProductId });
        builder.Property(term => term.Term).HasMaxLength(SearchBigrams.Length);
        // No foreign key: products are never deleted, and each of a new product's hundred entries would check it.
        builder.HasIndex(term => term.ProductId, "ix_search_bigrams_product");
    }
}
