namespace MsaShop.Data;

/// <summary>Makes text fit its column.</summary>
public static class TextExtensions
{
    /// <summary>The beginning of a text, as long as fits.</summary>
    /// <param name="length">In UTF-16 code units; a column of as many characters has room for them.</param>
    public static string Cut(this string text, int length) => text.Length > length ? text[..length] : text;
}
