using System.Buffers.Binary;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// An image format that every browser shows, recognised by its first bytes: names and headers prove nothing.
/// </summary>
internal sealed record PictureFormat(string ContentType, string Extension)
{
    private static readonly PictureFormat s_png = new("image/png", "png");
    private static readonly PictureFormat s_jpeg = new("image/jpeg", "jpg");
    private static readonly PictureFormat s_webp = new("image/webp", "webp");

    public static IReadOnlyList<PictureFormat> All { get; } = [s_png, s_jpeg, s_webp];

    /// <summary>Null if the bytes are no such picture, or do not tell its size.</summary>
    public static Picture? Recognise(ReadOnlySpan<byte> content)
    {
        var (format, size) =
            content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
                ? (s_png, SizeOfPng(content))
            : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? (s_jpeg, SizeOfJpeg(content))
            : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8)
                ? (s_webp, SizeOfWebP(content))
            : (null, null);
        return format is not null && size is { Width: > 0, Height: > 0 } known
            ? new Picture(format, known.Width, known.Height)
            : null;
    }

    /// <summary>The first chunk is the header.</summary>
    private static (long Width, long Height)? SizeOfPng(ReadOnlySpan<byte> content) =>
        content.Length >= 24 && content[8..].StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 13, .. "IHDR"u8])
            ? (BinaryPrimitives.ReadUInt32BigEndian(content[16..]), BinaryPrimitives.ReadUInt32BigEndian(content[20..]))
            : null;

    /// <summary>Segments follow one another, each with its length, until one begins a frame.</summary>
    private static (long Width, long Height)? SizeOfJpeg(ReadOnlySpan<byte> content)
    {
        var rest = content[2..];
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return rest.Length >= 9
                    ? (BinaryPrimitives.ReadUInt16BigEndian(rest[7..]), BinaryPrimitives.ReadUInt16BigEndian(rest[5..]))
                    : null;
            }

            if (length < 2 || rest.Length < 2 + length)
            {
                return null;
            }

            rest = rest[(2 + length)..];
        }

        return null;
    }

    /// <summary>The first chunk is one of three kinds, each with its own encoding of the size.</summary>
    private static (long Width, long Height)? SizeOfWebP(ReadOnlySpan<byte> content)
    {
        if (content.Length < 20)
        {
            return null;
        }

        var chunk = content.Slice(12, 4);
        var data = content[20..];
        if (chunk.SequenceEqual("VP8 "u8))
        {
            return data.Length >= 10 && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
                ? (
                    BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF
                )
                : null;
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            if (data.Length < 5 || data[0] != 0x2F)
            {
                return null;
            }

            var size = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return ((size & 0x3FFF) + 1, ((size >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8X"u8) && data.Length >= 10
            ? ((data[4] | (data[5] << 8) | (data[6] << 16)) + 1, (data[7] | (data[8] << 8) | (data[9] << 16)) + 1)
            : null;
    }
}

internal sealed record Picture(PictureFormat Format, long Width, long Height)
{
    /// <summary>In pixels.</summary>
    public const int MaxSide = 10_000;

    /// <summary>A browser needs four bytes for each pixel, however small the file is.</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>Whether a browser has the memory for it.</summary>
    public bool Fits => Width <= MaxSide && Height <= MaxSide && Width * Height <= MaxPixels;
}
