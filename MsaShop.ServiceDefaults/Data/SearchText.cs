using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.Data;

/// <summary>
/// A search term in the forms in which the text may be stored. The database's collation equates letters by case and
/// width one by one; it does not know the letters that expand to several or contract to one.
/// </summary>
public sealed partial class SearchText
{
    private const char FirstKatakana = '\u30a1';
    private const char LastKatakana = '\u30fe';

    /// <summary>Derives all forms from the typed text.</summary>
    public SearchText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Typed = text.Trim();
        Folded = ShopText.Fold(Typed).Trim();
        // Half-width katakana store their voicing marks as separate letters.
        Apart = Folded.Any(letter => letter is >= FirstKatakana and <= LastKatakana)
            ? Folded.Normalize(NormalizationForm.FormKD)
            : Folded;
        var exact = ShopText.Unify(Typed).Trim();
        Key = Ascii.IsValid(exact) ? exact : null;
        OrderNumber = Key?.ToUpperInvariant();
        Number = long.TryParse(exact, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>The term as typed, trimmed.</summary>
    public string Typed { get; }

    /// <summary>The term in lower case, with Unicode's compatibility characters replaced (NFKC).</summary>
    public string Folded { get; }

    /// <summary>The folded term, with the voicing marks of katakana as separate letters.</summary>
    public string Apart { get; }

    /// <summary>The term as part of a key (compared byte by byte); null if it has letters outside ASCII.</summary>
    public string? Key { get; }

    /// <summary>The term as part of an order number, in upper case; null if it has letters outside ASCII.</summary>
    public string? OrderNumber { get; }

    /// <summary>The term as a whole number, such as an amount; null if it is none.</summary>
    public long? Number { get; }

    /// <summary>Whether the term is a complete order number, in the current or the older, longer form.</summary>
    public bool IsWholeOrderNumber => OrderNumber is not null && WholeOrderNumber.IsMatch(OrderNumber);

    [GeneratedRegex(@"^([0-9]{6}-[0-9A-Z]{16}|[0-9]{8}-[0-9A-Z]{20})\z")]
    private static partial Regex WholeOrderNumber { get; }
}
