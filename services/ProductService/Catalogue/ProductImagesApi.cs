using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace MsaShop.ProductService.Catalogue;

internal static class ProductImagesApi
{
    /// <summary>Relative to the shop's own address.</summary>
    public const string BasePath = "/api/products/images";

    public static void MapProductImages(this IEndpointRouteBuilder app)
    {
        app.MapGet($"{BasePath}/{{file}}", Read)
            .AllowAnonymous()
            .WithTags("Products")
            .WithName("ReadProductImage")
            .WithSummary("Reads a product's picture");
        app.MapPost(BasePath, Upload)
            .RequireAuthorization(Policies.Admin)
            .WithTags("Products")
            .WithName("UploadProductImage")
            .WithSummary("Uploads a picture, for a product's imageUrl")
            .WithDescription(
                """
                The body is the picture itself: PNG, JPEG or WebP, recognised by its bytes, 1 MiB at most. Anything else is 415
                `unsupported_picture`; one of more than 10,000 pixels on a side, or 40 million in all, is 422 `picture_too_large`. The
                same picture uploaded again has the same address.
                """
            )
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.RequestBody = DescribeBody();
                    return Task.CompletedTask;
                }
            );
    }

    private static async Task<Results<PhysicalFileHttpResult, FileContentHttpResult, ProblemHttpResult>> Read(
        string file,
        ProductImages images,
        PictureStore pictures,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        response.Headers.XContentTypeOptions = "nosniff";
        // An SVG opened on its own is a document: it may style itself, and nothing else.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        if (images.Get(file) is { } image)
        {
            response.Headers.CacheControl = "public, max-age=604800, stale-while-revalidate=86400";
            return TypedResults.PhysicalFile(image.Path, image.ContentType, entityTag: image.EntityTag);
        }

        if (await pictures.FindAsync(file, cancellationToken) is { } picture)
        {
            // A different picture has a different name.
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(
                picture.Content,
                picture.ContentType,
                entityTag: new EntityTagHeaderValue($"\"{picture.Hash}\"")
            );
        }

        return Problems.NotFound("picture");
    }

    private static async Task<Results<Created<UploadedImageResponse>, ProblemHttpResult>> Upload(
        HttpRequest request,
        PictureStore pictures,
        CurrentUser user,
        CancellationToken cancellationToken
    )
    {
        var content = await ReadBodyAsync(request, cancellationToken);
        if (PictureFormat.Recognise(content) is not { } picture)
        {
            return Problems.UnsupportedMediaType(
                "unsupported_picture",
                "The body is no picture in one of the formats PNG, JPEG and WebP."
            );
        }

        if (!picture.Fits)
        {
            return Problems.Unprocessable(
                "picture_too_large",
                $"A picture has at most {Picture.MaxSide} pixels on a side, and {Picture.MaxPixels} in all.",
                new Dictionary<string, object?>
                {
                    ["width"] = picture.Width,
                    ["height"] = picture.Height,
                    ["maxSide"] = Picture.MaxSide,
                    ["maxPixels"] = Picture.MaxPixels,
                }
            );
        }

        var file = await pictures.SaveAsync(content, picture.Format, user.Id, cancellationToken);
        var url = $"{BasePath}/{file}";
        return TypedResults.Created(url, new UploadedImageResponse(url));
    }

    /// <summary>Limits the size itself: the server does so only if it reads from a network.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + read > ServiceDefaultsExtensions.MaxRequestBodySize)
            {
                throw new BadHttpRequestException("The picture is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static OpenApiRequestBody DescribeBody() =>
        new()
        {
            Required = true,
            Description = "The picture itself.",
            Content = PictureFormat.All.ToDictionary(
                format => format.ContentType,
                _ => new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                }
            ),
        };
}

/// <summary>An uploaded picture.</summary>
/// <param name="ImageUrl">Its path on the shop's own address, for a product's <c>imageUrl</c>.</param>
public sealed record UploadedImageResponse(string ImageUrl);
