using System.Globalization;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Writes the index that <see cref="KeywordSearchStore"/> reads.</summary>
internal static class SearchIndexStore
{
    // The hash of the text that was indexed tells which products are not. The number rises whenever the index is made
    // differently, so that all of it is made anew.
    private const string HashOfText =
        "UNHEX(SHA2(CONCAT('2 ', CHAR_LENGTH(name), name, COALESCE(description, '')), 256))";

    private const int EntriesAtOnce = 1000;

    /// <summary>
    /// Replaces these products' entries in the current transaction, which holds the products locked, so that nobody
    /// else writes the same entries.
    /// </summary>
    public static async Task WriteAsync(
        ProductDbContext database,
        IReadOnlyCollection<Product> products,
        CancellationToken cancellationToken
    )
    {
        var ids = string.Join(',', products.Select(product => product.Id.ToString(CultureInfo.InvariantCulture)));
        await ExecuteAsync($"DELETE FROM search_bigrams WHERE product_id IN ({ids})");
        // Sorted by term, as they lie in the table.
        var entries = products
            .SelectMany(product =>
                SearchBigrams.Of(product.Name, product.Description).Select(term => (term, product.Id))
            )
            .OrderBy(entry => entry.term, StringComparer.Ordinal)
            .ThenBy(entry => entry.Id);
        foreach (var chunk in entries.Chunk(EntriesAtOnce))
        {
            var rows = chunk.Select(
                (entry, index) => string.Create(CultureInfo.InvariantCulture, $"({{{index}}}, {entry.Id})")
            );
            // Terms that differ here may be equal in the collation: e and é.
            await ExecuteAsync(
                $"INSERT INTO search_bigrams (term, product_id) VALUES {string.Join(',', rows)} ON DUPLICATE KEY UPDATE product_id = product_id",
                chunk.Select(entry => entry.term)
            );
        }

        await ExecuteAsync($"UPDATE products SET indexed_text = {HashOfText}, folded_text = NULL WHERE id IN ({ids})");
        foreach (var product in products)
        {
            if (SearchBigrams.FoldedOf(product.Name, product.Description) is { } folded)
            {
                var id = product.Id.ToString(CultureInfo.InvariantCulture);
                await ExecuteAsync($"UPDATE products SET folded_text = {{0}} WHERE id = {id}", [folded]);
            }
        }

        Task ExecuteAsync(string sql, IEnumerable<object>? parameters = null) =>
            database.Database.ExecuteSqlRawAsync(sql, parameters ?? [], cancellationToken);
    }

    /// <summary>The ids of products whose text has changed since it was indexed.</summary>
    public static IQueryable<long> FindUnindexed(ProductDbContext database) =>
        database
            .Products.FromSqlRaw($"SELECT * FROM products WHERE indexed_text IS NULL OR indexed_text <> {HashOfText}")
            .Select(product => product.Id);
}
