using System.Globalization;
using System.Text;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Text as the shop keeps it: composed (NFC), so that what looks the same is the same, whatever keyboard it was typed on;
/// without blanks around it; and nothing at all where nothing of it would be seen.
/// </summary>
public static class ShopText
{
    /// <summary>The text as it is kept. It must be <see cref="IsText"/>.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var composed = text.Normalize(NormalizationForm.FormC);
        return composed.EnumerateRunes().Any(IsVisible) ? Trim(composed) : "";
    }

    /// <summary>
    /// The text as searches compare it: in small letters, with full-width and other forms that Unicode has for
    /// compatibility only as the letters that they stand for.
    /// </summary>
    public static string Fold(string text) => Unify(text).ToLowerInvariant();

    /// <summary>The same, with capitals left as they are.</summary>
    internal static string Unify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WithoutNoncharacters(text).Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Whether it has no control characters, and nothing that is no character.</summary>
    /// <param name="text">The text.</param>
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

    /// <summary>Whether it is Unicode's all through: no half of a letter, none of the codes that are never one.</summary>
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
    /// Makes sure that this program can normalise. Where the runtime was told to do without ICU, it returns every text as it
    /// is and calls it normalised.
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
                // Halves of letters become U+FFFD.
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

    /// <summary>White space, and what copying and pasting leaves around a text.</summary>
    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200b' or '\ufeff' or '\u2060';

    /// <summary>
    /// Whether it shows anything: Unicode's Default_Ignorable_Code_Point, of which .NET knows the format characters only, does
    /// not, nor does the pattern of Braille without a dot.
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
