using System.Globalization;
using System.Text;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Finds products by keywords: each word, or part of a word, in name or description, whatever its case and width. Korean
/// writes particles and compounds without a space, so whole words would miss most matches.
/// </summary>
internal static class KeywordSearchStore
{
    private const string Escape = "!";

    // The server begins with the rarest. More terms hardly exclude more products, and cost planning time.
    private const int MaxTerms = 5;

    /// <summary>The index's candidates: all matches, and a few products that have the letters elsewhere.</summary>
    public static IQueryable<Product> MayMatch(this DbSet<Product> products, string keywords)
    {
        var words = SearchBigrams.WordsOf(keywords);
        var terms = words.SelectMany(SearchBigrams.PairsOf).Distinct().Take(MaxTerms).ToList();
        var letters = words.Where(word => !SearchBigrams.PairsOf(word).Any()).Distinct().Take(MaxTerms - terms.Count);
        var parameters = new List<object>();
        var joins = new List<string>();
        foreach (var term in terms)
        {
            joins.Add(Invariant($"search_bigrams t{joins.Count}"));
            parameters.Add(term);
        }

        foreach (var letter in letters)
        {
            // Several terms begin with it, and a product may have more than one.
            joins.Add(
                Invariant(
                    $"(SELECT DISTINCT product_id FROM search_bigrams WHERE term LIKE {{{parameters.Count}}} ESCAPE '{Escape}') t{joins.Count}"
                )
            );
            parameters.Add(EscapeWildcards(letter) + "%");
        }

        if (joins.Count == 0)
        {
            return products;
        }

        var sql = new StringBuilder("SELECT p.* FROM ")
            .AppendJoin(" JOIN ", joins)
            // Products last, and by id: for a frequent keyword, servers would otherwise read the whole table.
            .Append(" STRAIGHT_JOIN products p FORCE INDEX (PRIMARY) ON p.id = t0.product_id WHERE TRUE");
        for (var index = 0; index < joins.Count; index++)
        {
            if (index < terms.Count)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND t{index}.term = {{{index}}}");
            }

            if (index > 0)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND t{index}.product_id = t0.product_id");
            }
        }

        return products.FromSqlRaw(sql.ToString(), [.. parameters]);
    }

    /// <summary>Keeps the products that match every word.</summary>
    public static IQueryable<Product> Matching(this IQueryable<Product> products, string keywords)
    {
        foreach (var word in SearchBigrams.WordsOf(keywords))
        {
            var pattern = $"%{EscapeWildcards(word)}%";
            products = products.Where(product =>
                EF.Functions.Like(product.Name, pattern, Escape)
                || EF.Functions.Like(product.Description!, pattern, Escape)
                || EF.Functions.Like(EF.Property<string?>(product, "FoldedText")!, pattern, Escape)
            );
        }

        return products;
    }

    private static string EscapeWildcards(string word) =>
        word.Replace(Escape, Escape + Escape).Replace("%", Escape + "%").Replace("_", Escape + "_");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
