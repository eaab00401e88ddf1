namespace MsaShop.ProductService.Catalogue;

/// <summary>Deletes uploaded pictures without a product: never used, or replaced.</summary>
public sealed class UnusedPictureCleaner(
    IServiceScopeFactory scopes,
    IOptions<PictureOptions> terms,
    TimeProvider time,
    ILogger<UnusedPictureCleaner> logger
) : RowCleaner<ProductDbContext>(scopes, time, logger)
{
    public override string Table => "product_images";

    // A picture may have a mebibyte.
    public override int BatchSize => 100;

    protected override async Task<int> DeleteAsync(
        ProductDbContext database,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        var before = now - terms.Value.KeepUnused;
        // Looked up first, so that the delete locks pictures only, and no product has to wait.
        var unused = await database
            .Pictures.Where(picture =>
                picture.CreatedAt < before
                && !database.Products.Any(product =>
                    // The whole address, which is indexed.
                    product.ImageUrl
                        == ProductImagesApi.BasePath + "/" + picture.Hash + ".png"
                    || product.ImageUrl == ProductImagesApi.BasePath + "/" + picture.Hash + ".jpg"
                    || product.ImageUrl == ProductImagesApi.BasePath + "/" + picture.Hash + ".webp"
                )
            )
            .OrderBy(picture => picture.CreatedAt)
            .Select(picture => picture.Hash)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        // One that was uploaded again meanwhile stays.
        await database
            .Pictures.Where(picture => unused.Contains(picture.Hash) && picture.CreatedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
        return unused.Count;
    }
}
