namespace MsaShop.Data;

/// <summary>Fits text into columns.</summary>
public static class TextExtensions
{
    /// <summary>The text, truncated to <paramref name="length"/>.</summary>
    /// <param name="length">The limit in UTF-16 code units; they fit a column of as many characters.</param>
    public static string Cut(this string text, int length) => text.Length > length ? text[..length] : text;
}
