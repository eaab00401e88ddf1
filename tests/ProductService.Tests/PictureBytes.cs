using System.Buffers.Binary;

namespace MsaShop.ProductService.Tests;

/// <summary>The beginnings of pictures, as far as they say what they are and how large.</summary>
internal static class PictureBytes
{
    /// <summary>One in every format, with the place where its size has been told.</summary>
    public static IEnumerable<(byte[] Bytes, int SizeEnd)> All(int width, int height) =>
        [
            (Png(width, height), 24),
            (Jpeg(width, height), 17),
            (WebP(width, height), 30),
            (LosslessWebP(width, height), 25),
            (ExtendedWebP(width, height), 30),
        ];

    public static byte[] Png(int width, int height) =>
        [
            .. (ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
            .. Big(13),
            .. "IHDR"u8,
            .. Big(width),
            .. Big(height),
            8,
            6,
            0,
            0,
            0,
        ];

    /// <summary>With a comment before the frame, and a byte to fill up.</summary>
    public static byte[] Jpeg(int width, int height) =>
        [
            0xFF,
            0xD8,
            0xFF,
            0xFE,
            0,
            3,
            (byte)'!',
            0xFF,
            0xFF,
            0xC2,
            0,
            11,
            8,
            (byte)(height >> 8),
            (byte)height,
            (byte)(width >> 8),
            (byte)width,
            1,
            1,
            0x11,
            0,
        ];

    public static byte[] WebP(int width, int height) =>
        [
            .. Riff("VP8 "u8),
            0,
            0,
            0,
            0x9D,
            0x01,
            0x2A,
            (byte)width,
            (byte)(width >> 8),
            (byte)height,
            (byte)(height >> 8),
        ];

    public static byte[] LosslessWebP(int width, int height)
    {
        var size = (width - 1) | ((height - 1) << 14);
        return [.. Riff("VP8L"u8), 0x2F, (byte)size, (byte)(size >> 8), (byte)(size >> 16), (byte)(size >> 24)];
    }

    public static byte[] ExtendedWebP(int width, int height) =>
        [
            .. Riff("VP8X"u8),
            0,
            0,
            0,
            0,
            (byte)(width - 1),
            (byte)((width - 1) >> 8),
            (byte)((width - 1) >> 16),
            (byte)(height - 1),
            (byte)((height - 1) >> 8),
            (byte)((height - 1) >> 16),
        ];

    private static byte[] Riff(ReadOnlySpan<byte> chunk) =>
        [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBP"u8, .. chunk, 10, 0, 0, 0];

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
