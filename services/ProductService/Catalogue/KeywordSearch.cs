using Microsoft.EntityFrameworkCore;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Finds products by keywords: each word, or any part of one, in the name or the description, whatever its case.
/// Korean writes particles and compounds without a space, so that whole words would miss most of what shoppers mean.
/// </summary>
internal static class KeywordSearch
{
    private const string Escape = "!";

    /// <summary>Leaves the products that match every word.</summary>
    public static IQueryable<Product> Matching(this IQueryable<Product> products, string keywords)
    {
        foreach (var word in keywords.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{EscapeWildcards(word)}%";
            products = products.Where(product =>
                EF.Functions.Like(product.Name, pattern, Escape)
                || EF.Functions.Like(product.Description!, pattern, Escape)
            );
        }

        return products;
    }

    private static string EscapeWildcards(string word) =>
        word.Replace(Escape, Escape + Escape).Replace("%", Escape + "%").Replace("_", Escape + "_");
}
