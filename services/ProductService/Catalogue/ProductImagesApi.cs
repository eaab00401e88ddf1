using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.ProductService.Catalogue;

internal static class ProductImagesApi
{
    /// <summary>Where the pictures are, from the shop's own address.</summary>
    public const string BasePath = "/api/products/images";

    public static void MapProductImages(this IEndpointRouteBuilder app) =>
        app.MapGet($"{BasePath}/{{file}}", Read)
            .AllowAnonymous()
            .WithTags("Products")
            .WithName("ReadProductImage")
            .WithSummary("Reads a product's picture");

    private static Results<PhysicalFileHttpResult, ProblemHttpResult> Read(
        string file,
        ProductImages images,
        HttpResponse response
    )
    {
        if (images.Get(file) is not { } image)
        {
            return Problems.NotFound("picture");
        }

        response.Headers.CacheControl = "public, max-age=604800, stale-while-revalidate=86400";
        response.Headers.XContentTypeOptions = "nosniff";
        // An SVG opened by itself is a document: it may style itself, and nothing else.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.PhysicalFile(image.Path, image.ContentType, entityTag: image.EntityTag);
    }
}
