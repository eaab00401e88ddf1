using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MsaShop.ProductService.Catalogue;

/// <summary>That two letters in a row stand somewhere in a product's name or description: an entry of the search's index.</summary>
public sealed class SearchBigram
{
    /// <summary>The two letters; one where a word ends in a letter with which no other two begin.</summary>
    public required string Term { get; init; }

    public required long ProductId { get; init; }
}

internal sealed class ProductTermConfiguration : IEntityTypeConfiguration<SearchBigram>
{
    public void Configure(EntityTypeBuilder<SearchBigram> builder)
    {
        builder.ToTable("search_bigrams");
        // A term's products lie next to each other, in the order in which they were added. The collation is that of the text:
        // what LIKE takes for the same letter is the same here, on any server, so that no match is ever missed.
        builder.HasKey(term => new { term.Term, term.ProductId });
        builder.Property(term => term.Term).HasMaxLength(SearchBigrams.Length);
        // No foreign key: products are never deleted, and each of the hundred entries of a new one would look for it.
        builder.HasIndex(term => term.ProductId, "ix_search_bigrams_product");
    }
}
