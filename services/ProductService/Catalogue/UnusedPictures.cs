using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Data;
using OpenTelemetry;

namespace MsaShop.ProductService.Catalogue;

/// <summary>
/// Throws away uploaded pictures that no product shows: tried and not taken, or replaced by another one. Whoever still
/// fills in a form has a day to save it.
/// </summary>
public sealed class UnusedPictures(IServiceScopeFactory scopes, TimeProvider time, ILogger<UnusedPictures> logger)
    : PeriodicWork(s_interval, time, logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductDbContext>();
        var before = Time.GetStorableNow() - s_grace;
        // Looked for first, so that deleting locks pictures only and no product has to wait.
        var unused = await database
            .Pictures.Where(picture =>
                picture.CreatedAt < before
                && !database.Products.Any(product =>
                    // The whole address, which an index has.
                    product.ImageUrl
                        == ProductImagesApi.BasePath + "/" + picture.Hash + ".png"
                    || product.ImageUrl == ProductImagesApi.BasePath + "/" + picture.Hash + ".jpg"
                    || product.ImageUrl == ProductImagesApi.BasePath + "/" + picture.Hash + ".webp"
                )
            )
            .Select(picture => picture.Hash)
            .ToListAsync(cancellationToken);
        foreach (var hash in unused)
        {
            // Uploaded again in the meantime, it is wanted again.
            await database
                .Pictures.Where(picture => picture.Hash == hash && picture.CreatedAt < before)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }
}
