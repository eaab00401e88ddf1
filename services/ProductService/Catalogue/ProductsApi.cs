using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.ProductService.Stock;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Catalogue;

/// <summary>The catalogue: anyone reads it, administrators write it.</summary>
internal static class ProductsApi
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.AddOptions<PictureTerms>().BindConfiguration("Pictures");
        return services
            .AddSingleton<ProductImages>()
            .AddScoped<PictureStore>()
            .AddScoped<CatalogueWriter>()
            .AddSingleton<CatalogueMemory>()
            .AddSingleton<NewestProducts>()
            .AddScoped<ProductLists>()
            .AddPeriodicWork<UnusedPictures>()
            .AddPeriodicWork<SearchIndexRepair>();
    }

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
        admin.MapPost("/", Create).WithName("CreateProduct").WithSummary("Adds a product");
        admin.MapPut("/{id:long}", Update).WithName("UpdateProduct").WithSummary("Changes a product");
        admin
            .MapDelete("/{id:long}", Discontinue)
            .WithName("DiscontinueProduct")
            .WithSummary("Takes a product out of the shop; past orders keep it");
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
        ProductDbContext context,
        CurrentUser user,
        CancellationToken cancellationToken
    )
    {
        var product = await context.FindProductAsync(id, cancellationToken);
        return product is null || (product.Status == ProductStatus.Discontinued && !user.IsAdmin)
            ? Problems.NotFound("product")
            : TypedResults.Ok(product);
    }

    private static async Task<Ok<List<CategoryResponse>>> ListCategories(
        ProductLists lists,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await lists.CountCategoriesAsync(cancellationToken));

    private static async Task<Created<ProductResponse>> Create(
        CreateProductRequest request,
        CatalogueWriter catalogue,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var reference = Guid.CreateVersion7().ToString();
        var product = await catalogue.AddAsync(
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
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                return StockMovement.Initial(product, request.Stock, now, reference, user.Id);
            },
            reference,
            cancellationToken
        );
        return TypedResults.Created($"/api/products/{product.Id}", product.ToResponse());
    }

    private static async Task<Results<Ok<ProductResponse>, ProblemHttpResult>> Update(
        long id,
        UpdateProductRequest request,
        CatalogueWriter catalogue,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var updated = await catalogue.ChangeAsync(
            id,
            product =>
            {
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
            },
            cancellationToken
        );
        return updated is null ? Problems.NotFound("product") : TypedResults.Ok(updated.ToResponse());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Discontinue(
        long id,
        CatalogueWriter catalogue,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var discontinued = await catalogue.ChangeAsync(
            id,
            product =>
            {
                if (product.Status != ProductStatus.Discontinued)
                {
                    product.Discontinue();
                    product.UpdatedAt = time.GetStorableNow();
                }
            },
            cancellationToken
        );
        return discontinued is null ? Problems.NotFound("product") : TypedResults.NoContent();
    }
}
