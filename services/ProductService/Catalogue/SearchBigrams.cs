using System.Text;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Splits text into the terms of the search index: pairs of neighbouring letters.</summary>
internal static class SearchBigrams
{
    /// <summary>The most letters in a term.</summary>
    public const int Length = 2;

    /// <summary>The words of a text, as searches compare them.</summary>
    public static string[] WordsOf(string text) =>
        ShopText.Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The folded text if folding changes it: "3㎏" becomes three letters, of which a search for "kg" would otherwise
    /// find none. Null for nearly all products: the collation handles full width by itself.
    /// </summary>
    public static string? FoldedOf(string name, string? description)
    {
        var text = TextOf(name, description);
        var folded = ShopText.Fold(text);
        return folded.Equals(text.ToLowerInvariant(), StringComparison.Ordinal) ? null : folded;
    }

    /// <summary>A product's terms, sorted so that they are written near one another.</summary>
    public static IEnumerable<string> Of(string name, string? description)
    {
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        var firsts = new HashSet<string>(StringComparer.Ordinal);
        var lasts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in WordsOf(TextOf(name, description)))
        {
            var letters = LettersOf(word);
            for (var index = 0; index + 1 < letters.Count; index++)
            {
                pairs.Add(letters[index] + letters[index + 1]);
                firsts.Add(letters[index]);
            }

            lasts.Add(letters[^1]);
        }

        // A keyword of one letter is looked up as the beginning of a pair, so every letter has to begin an entry.
        return pairs.Concat(lasts.Except(firsts)).Order(StringComparer.Ordinal);
    }

    /// <summary>The pairs that a product must have to match a word; none for a word of one letter.</summary>
    public static IEnumerable<string> PairsOf(string word)
    {
        var letters = LettersOf(word);
        return letters.Zip(letters.Skip(1), (first, second) => first + second);
    }

    private static string TextOf(string name, string? description) => $"{name} {description}";

    // As the database counts letters: those beyond the first 65,536 are two chars.
    private static List<string> LettersOf(string word) =>
        [.. word.EnumerateRunes().Select(letter => letter.ToString())];
}
