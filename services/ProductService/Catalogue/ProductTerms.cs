using System.Text;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Takes text apart into what the search's index holds of it: pairs of neighbouring letters.</summary>
internal static class ProductTerms
{
    /// <summary>How many letters a term has at most.</summary>
    public const int Length = 2;

    /// <summary>The words of a text.</summary>
    public static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The terms of a product, in order, so that they are written near one another.</summary>
    public static IEnumerable<string> Of(string name, string? description)
    {
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        var firsts = new HashSet<string>(StringComparer.Ordinal);
        var lasts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in WordsOf($"{name} {description}".ToLowerInvariant()))
        {
            var letters = LettersOf(word);
            for (var index = 0; index + 1 < letters.Count; index++)
            {
                pairs.Add(letters[index] + letters[index + 1]);
                firsts.Add(letters[index]);
            }

            lasts.Add(letters[^1]);
        }

        // A keyword of one letter is looked up as the beginning of a pair. So every letter has to begin an entry.
        return pairs.Concat(lasts.Except(firsts)).Order(StringComparer.Ordinal);
    }

    /// <summary>The pairs of letters that a product must have to match a word; none for a word of one letter.</summary>
    public static IEnumerable<string> PairsOf(string word)
    {
        var letters = LettersOf(word);
        return letters.Zip(letters.Skip(1), (first, second) => first + second);
    }

    // As the database counts them: letters beyond the first 65,536 are two chars.
    private static List<string> LettersOf(string word) =>
        [.. word.EnumerateRunes().Select(letter => letter.ToString())];
}
