using System.Security.Cryptography;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Stores uploaded pictures under names derived from their content.</summary>
internal sealed class PictureStore(ProductDbContext database, TimeProvider time)
{
    /// <summary>Returns the file name. The same picture again is stored once, and counts as uploaded now.</summary>
    public async Task<string> SaveAsync(
        byte[] content,
        PictureFormat format,
        long userId,
        CancellationToken cancellationToken
    )
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var now = time.GetStorableNow();
        // Two requests may upload the same picture at once.
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO product_images (hash, content_type, content, created_at, created_by)
            VALUES ({hash}, {format.ContentType}, {content}, {now}, {userId})
            ON DUPLICATE KEY UPDATE created_at = {now}
            """,
            cancellationToken
        );
        return $"{hash}.{format.Extension}";
    }

    public async Task<UploadedPicture?> FindAsync(string fileName, CancellationToken cancellationToken)
    {
        if (
            fileName.Split('.') is not [{ Length: UploadedPicture.HashLength } hash, var extension]
            || !hash.All(letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f')
            || PictureFormat.All.FirstOrDefault(format => format.Extension == extension) is not { } format
        )
        {
            return null;
        }

        return await database
            .Pictures.AsNoTracking()
            .FirstOrDefaultAsync(
                picture => picture.Hash == hash && picture.ContentType == format.ContentType,
                cancellationToken
            );
    }
}
