using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.Data;

/// <summary>
/// A search term in the forms in which it may be stored. The database's collation equates case and width letter by letter,
/// but not spellings with another number of letters.
/// </summary>
public sealed partial class SearchText
{
    private const char FirstKatakana = '\u30a1';
    private const char LastKatakana = '\u30fe';

    /// <summary>Reads what somebody looks for.</summary>
    public SearchText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Typed = text.Trim();
        Folded = ShopText.Fold(Typed).Trim();
        // Half-width katakana have separate voice marks.
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

    /// <summary>As it was typed.</summary>
    public string Typed { get; }

    /// <summary>In lower case, with compatibility characters replaced.</summary>
    public string Folded { get; }

    /// <summary>The same, with the voice marks of katakana as separate letters.</summary>
    public string Apart { get; }

    /// <summary>
    /// As a part of a key, where case counts; null if no key has such letters. Keys are compared byte by byte.
    /// </summary>
    public string? Key { get; }

    /// <summary>As a part of an order number, in capitals; null if no order number has such letters.</summary>
    public string? OrderNumber { get; }

    /// <summary>As a number, such as an amount; null if it is none.</summary>
    public long? Number { get; }

    /// <summary>Whether it is a whole order number, of the present or the older, longer form.</summary>
    public bool IsWholeOrderNumber => OrderNumber is not null && WholeOrderNumber.IsMatch(OrderNumber);

    [GeneratedRegex(@"^([0-9]{6}-[0-9A-Z]{16}|[0-9]{8}-[0-9A-Z]{20})\z")]
    private static partial Regex WholeOrderNumber { get; }
}
