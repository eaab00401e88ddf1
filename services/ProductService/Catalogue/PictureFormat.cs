namespace MsaShop.ProductService.Catalogue;

/// <summary>A kind of picture that every browser shows, known by its first bytes: names and headers may say anything.</summary>
internal sealed record PictureFormat(string ContentType, string Extension)
{
    private static readonly PictureFormat s_png = new("image/png", "png");
    private static readonly PictureFormat s_jpeg = new("image/jpeg", "jpg");
    private static readonly PictureFormat s_webp = new("image/webp", "webp");

    public static IReadOnlyList<PictureFormat> All { get; } = [s_png, s_jpeg, s_webp];

    /// <summary>The format of these bytes, or null.</summary>
    public static PictureFormat? Recognise(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? s_png
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? s_jpeg
        : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? s_webp
        : null;
}
