namespace MsaShop.Data;

/// <summary>Makes texts fit their columns.</summary>
public static class TextExtensions
{
    /// <summary>As much of a text, from its beginning, as there is room for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">In UTF-16 code units; a column of as many characters has room for them.</param>
    public static string Cut(this string text, int length) => text.Length > length ? text[..length] : text;
}
