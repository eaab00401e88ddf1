using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

internal static class ProductsApi
{
    private const string VersionDescription =
        "With `If-Match`, nothing is changed that somebody else has changed since: the answer is 412 `changed_meanwhile` with the product as it is now in `current`. The tag is the `ETag` of a product, its `version` in quotes; sales do not change it.";

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var shop = app.MapGroup("/api/products").WithTags("Products").AllowAnonymous();
        shop.MapGet("/", List)
            .WithName("ListProducts")
            .WithSummary("Finds products")
            .WithDescription(
                "`stockBelow` and `sort=stock` are for administrators: whoever is not signed in gets 401 `unauthenticated`, others 403 `forbidden`."
            );
        shop.MapGet("/{id:long}", Read).WithName("ReadProduct").WithSummary("Reads a product");
        shop.MapGet("/categories", ListCategories)
            .WithName("ListCategories")
            .WithSummary("Lists the categories with the number of products in each");

        var admin = app.MapGroup("/api/products").WithTags("Products").RequireAuthorization(Policies.Admin);
        admin
            .MapPost("/", Create)
            .WithName("CreateProduct")
            .WithSummary("Adds a product")
            .WithDescription(
                "The same `Idempotency-Key` adds it once, and answers with how it is now; with another body it is 422 `idempotency_key_reused`."
            );
        admin
            .MapPut("/{id:long}", Update)
            .WithName("UpdateProduct")
            .WithSummary("Changes a product")
            .WithDescription(VersionDescription);
        admin
            .MapDelete("/{id:long}", Discontinue)
            .WithName("DiscontinueProduct")
            .WithSummary("Takes a product out of the shop; past orders keep it")
            .WithDescription(VersionDescription);
        admin.MapProductExport();
    }

    private static async Task<Results<Ok<PagedList<ProductResponse>>, ProblemHttpResult>> List(
        [AsParameters] ProductFilter filter,
        [AsParameters] ProductPage page,
        ProductLists lists,
        CurrentUser user,
        CancellationToken cancellationToken
    )
    {
        if ((filter.IsForAdmins || page.IsForAdmins) && !user.IsAdmin)
        {
            return user.IsSignedIn
                ? Problems.Forbidden("forbidden", "Only administrators may filter and sort by stock.")
                : Problems.Unauthorized("unauthenticated", "Only administrators may filter and sort by stock.");
        }

        return TypedResults.Ok(await lists.FindAsync(filter, page, user.IsAdmin, cancellationToken));
    }

    private static async Task<Results<Ok<ProductResponse>, ProblemHttpResult>> Read(
        long id,
        CatalogueStore catalogue,
        CurrentUser user,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        var product = await catalogue.FindAsync(id, cancellationToken);
        if (product is null || (product.Status == ProductStatus.Discontinued && !user.IsAdmin))
        {
            return Problems.NotFound("product");
        }

        return TypedResults.Ok(user.IsAdmin ? Tag(product.ToEditable(), response) : product);
    }

    private static async Task<Ok<List<CategoryResponse>>> ListCategories(
        ProductLists lists,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await lists.CountCategoriesAsync(cancellationToken));

    private static async Task<Results<Created<ProductResponse>, ValidationProblem, ProblemHttpResult>> Create(
        CreateProductRequest request,
        [FromHeader(Name = IdempotencyKey.HeaderName)] string? idempotencyKey,
        CatalogueStore catalogue,
        CurrentUser user,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.Invalid(IdempotencyKey.HeaderName, IdempotencyKey.Requirement);
        }

        var once = AdminRequest.Of(user.Id, idempotencyKey, request);
        var (product, replayed) = await catalogue.AddAsync(
            () =>
            {
                var now = time.GetStorableNow();
                var product = new Product
                {
                    Name = request.Name!.Trim(),
                    Description = request.Description,
                    Price = request.Price!.Value,
                    Category = request.Category!.Trim(),
                    ImageUrl = request.ImageUrl,
                    RequestKey = once.Key,
                    RequestHash = once.Hash,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                return StockMovement.Initial(product, request.Stock, now, once.Key, user.Id);
            },
            once.Key,
            cancellationToken
        );
        if (product.RequestHash != once.Hash)
        {
            return Problems.IdempotencyKeyReused();
        }

        if (replayed)
        {
            response.Headers[IdempotencyKey.ReplayedHeaderName] = "true";
        }

        return TypedResults.Created($"/api/products/{product.Id}", Tag(product.ToEditable(), response));
    }

    private static async Task<Results<Ok<ProductResponse>, ValidationProblem, ProblemHttpResult>> Update(
        long id,
        UpdateProductRequest request,
        [FromHeader(Name = IfMatch.HeaderName)] string? ifMatch,
        CatalogueStore catalogue,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!IfMatch.IsValid(ifMatch))
        {
            return Problems.Invalid(IfMatch.HeaderName, IfMatch.Requirement);
        }

        ProductResponse? current = null;
        var updated = await catalogue.ChangeAsync(
            id,
            product =>
            {
                var before = product.ToEditable();
                product.Name = request.Name!.Trim();
                product.Description = request.Description;
                product.Price = request.Price!.Value;
                product.Category = request.Category!.Trim();
                product.ImageUrl = request.ImageUrl;
                product.UpdatedAt = time.GetStorableNow();
                if (request.Discontinued is { } discontinued)
                {
                    product.Discontinue(discontinued);
                }

                // If the product already is as requested, by an earlier try perhaps, nothing conflicts.
                var isAllowed =
                    IfMatch.Allows(ifMatch, before.Version!) || product.ToEditable().Version == before.Version;
                current = isAllowed ? null : before;
                return isAllowed;
            },
            cancellationToken
        );
        return current is not null ? Problems.ChangedMeanwhile("product", current)
            : updated is null ? Problems.NotFound("product")
            : TypedResults.Ok(Tag(updated.ToEditable(), response));
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Discontinue(
        long id,
        [FromHeader(Name = IfMatch.HeaderName)] string? ifMatch,
        CatalogueStore catalogue,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!IfMatch.IsValid(ifMatch))
        {
            return Problems.Invalid(IfMatch.HeaderName, IfMatch.Requirement);
        }

        ProductResponse? current = null;
        var discontinued = await catalogue.ChangeAsync(
            id,
            product =>
            {
                current = null;
                if (product.Status == ProductStatus.Discontinued)
                {
                    return false;
                }

                if (product.ToEditable() is var before && !IfMatch.Allows(ifMatch, before.Version!))
                {
                    current = before;
                    return false;
                }

                product.Discontinue();
                product.UpdatedAt = time.GetStorableNow();
                return true;
            },
            cancellationToken
        );
        return current is not null ? Problems.ChangedMeanwhile("product", current)
            : discontinued is null ? Problems.NotFound("product")
            : TypedResults.NoContent();
    }

    private static ProductResponse Tag(ProductResponse product, HttpResponse response)
    {
        response.Headers.ETag = IfMatch.ToTag(product.Version!);
        return product;
    }
}
