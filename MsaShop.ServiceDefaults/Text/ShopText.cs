using System.Globalization;
using System.Text;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Text as the shop stores it: composed (NFC), so that text that looks the same is the same whichever keyboard it was
/// typed on; trimmed; and empty if nothing of it is visible.
/// </summary>
public static class ShopText
{
    /// <summary>Converts text to its stored form. It must pass <see cref="IsText"/>.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var composed = text.Normalize(NormalizationForm.FormC);
        return composed.EnumerateRunes().Any(IsVisible) ? Trim(composed) : "";
    }

    /// <summary>As searches compare it: NFKC, which replaces forms such as full width, and lower case.</summary>
    public static string Fold(string text) => Unify(text).ToLowerInvariant();

    /// <summary>Like <see cref="Fold"/>, but case-sensitive.</summary>
    internal static string Unify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WithoutNoncharacters(text).Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Whether the text has neither control characters nor code points that are not characters.</summary>
    /// <param name="inLines">Whether line breaks and tabs are allowed.</param>
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

    /// <summary>Whether the text is valid Unicode: no unpaired surrogates, no noncharacters.</summary>
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
    /// Verifies that text can be normalized. In invariant mode, without ICU, the runtime returns every text unchanged
    /// and calls it normalized.
    /// </summary>
    /// <exception cref="InvalidOperationException">Text cannot be normalized.</exception>
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
                // EnumerateRunes turns unpaired surrogates into U+FFFD.
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

    /// <summary>White space, and the invisible characters that copying and pasting leaves behind.</summary>
    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200b' or '\ufeff' or '\u2060';

    /// <summary>
    /// Invisible are Unicode's Default_Ignorable_Code_Point, of which .NET knows the format characters only, and the
    /// Braille pattern without dots.
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
