using System.Globalization;
using System.Text;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Text as the shop stores it: composed (NFC), so that equal looks mean equal text, whatever keyboard it was typed on;
/// trimmed; and empty if nothing of it is visible.
/// </summary>
public static class ShopText
{
    /// <summary>Normalises a text that is valid by <see cref="IsText"/>.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var composed = text.Normalize(NormalizationForm.FormC);
        return composed.EnumerateRunes().Any(IsVisible) ? Trim(composed) : "";
    }

    /// <summary>
    /// The text as searches compare it: in lower case, with full-width and other compatibility characters replaced.
    /// </summary>
    public static string Fold(string text) => Unify(text).ToLowerInvariant();

    /// <summary>The same, with capitals kept.</summary>
    internal static string Unify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WithoutNoncharacters(text).Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Whether it has neither control characters nor codes that are no characters.</summary>
    /// <param name="inLines">Whether it may have several lines.</param>
    public static bool IsText(string text, bool inLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsWellFormed(text)
            && text.EnumerateRunes()
                .All(rune =>
                    Rune.GetUnicodeCategory(rune)
                        is not (
                            UnicodeCategory.Control
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        )
                    || (inLines && rune.Value is '\n' or '\r' or '\t')
                );
    }

    /// <summary>Whether it is well-formed Unicode: no half surrogate pair, and no noncharacter.</summary>
    internal static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune) || IsNoncharacter(rune))
            {
                return false;
            }

            index += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    /// <summary>
    /// Makes sure that the runtime can normalise. Without ICU it returns every text unchanged and calls it normalised.
    /// </summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    internal static void EnsureNormalizes()
    {
        if (!"\u1112\u1161".Normalize(NormalizationForm.FormC).Equals("\ud558", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                "Text cannot be normalised: ICU is missing, or System.Globalization.Invariant is on."
            );
        }
    }

    private static string WithoutNoncharacters(string text) =>
        IsWellFormed(text)
            ? text
            : string.Concat(
                // Half surrogate pairs become U+FFFD.
                text.EnumerateRunes().Select(rune => IsNoncharacter(rune) ? Rune.ReplacementChar : rune)
            );

    private static string Trim(string text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>White space, and what copy and paste leaves around a text.</summary>
    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200b' or '\ufeff' or '\u2060';

    /// <summary>
    /// Whether it is visible. Unicode's Default_Ignorable_Code_Point, of which .NET knows the format characters only, is
    /// not, nor is the Braille pattern without a dot.
    /// </summary>
    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
        && rune.Value
            is not (
                0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or >= 0x180B
                and <= 0x180F
                or 0x2065
                or 0x2800
                or 0x3164
                or >= 0xFE00
                and <= 0xFE0F
                or 0xFFA0
                or >= 0xFFF0
                and <= 0xFFF8
                or >= 0xE0000
                and <= 0xE0FFF
            );

    private static bool IsNoncharacter(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
