using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.Data;

/// <summary>
/// What somebody looks for in a list, in the forms in which it may be stored. The database's collation knows large letters, and those
/// of full or half width, one by one; what is written with fewer or more letters than it means, it does not.
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
        // Katakana of half width have their voice marks apart.
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

    /// <summary>In small letters, with those that Unicode has for compatibility only as the ones that they stand for.</summary>
    public string Folded { get; }

    /// <summary>The same, with the marks of katakana as letters of their own.</summary>
    public string Apart { get; }

    /// <summary>As a part of a key, in which capitals count; null if no key has such letters. Keys are compared byte by byte.</summary>
    public string? Key { get; }

    /// <summary>As a part of an order number, which is all capitals; null if no order number has such letters.</summary>
    public string? OrderNumber { get; }

    /// <summary>As a number, such as an amount.</summary>
    public long? Number { get; }

    /// <summary>Whether it is a whole order number, of today's form or of the older, longer one.</summary>
    public bool IsWholeOrderNumber => OrderNumber is not null && WholeOrderNumber.IsMatch(OrderNumber);

    [GeneratedRegex(@"^([0-9]{6}-[0-9A-Z]{16}|[0-9]{8}-[0-9A-Z]{20})\z")]
    private static partial Regex WholeOrderNumber { get; }
}
