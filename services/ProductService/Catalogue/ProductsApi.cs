using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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
    public static IServiceCollection AddCatalogue(this IServiceCollection services) =>
        services.AddSingleton<ProductImages>().AddScoped<PictureStore>().AddPeriodicWork<UnusedPictures>();

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
        ProductDbContext context,
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

        var found = filter.Filter(context.Products.AsNoTracking(), user.IsAdmin);
        var total = await found.LongCountAsync(cancellationToken);
        var products = await page.Apply(page.Order(found)).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage([.. products.Select(ProductResponses.ToResponse)], total));
    }

    private static async Task<Results<Ok<ProductResponse>, ProblemHttpResult>> Read(
        long id,
        ProductDbContext context,
        CurrentUser user,
        CancellationToken cancellationToken
    )
    {
        var product = await s_find(context, id, cancellationToken);
        return product is null || (product.Status == ProductStatus.Discontinued && !user.IsAdmin)
            ? Problems.NotFound("product")
            : TypedResults.Ok(product.ToResponse());
    }

    /// <summary>Compiled once: what is asked for most often should not be translated each time.</summary>
    private static readonly Func<ProductDbContext, long, CancellationToken, Task<Product?>> s_find =
        EF.CompileAsyncQuery(
            (ProductDbContext context, long id, CancellationToken _) =>
                context.Products.AsNoTracking().FirstOrDefault(product => product.Id == id)
        );

    private static async Task<Ok<List<CategoryResponse>>> ListCategories(
        ProductDbContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await context
                .Products.Where(product => product.Status != ProductStatus.Discontinued && product.Category != null)
                .GroupBy(product => product.Category!)
                .OrderBy(category => category.Key)
                .Select(category => new CategoryResponse(category.Key, category.Count()))
                .ToListAsync(cancellationToken)
        );

    private static async Task<Created<ProductResponse>> Create(
        CreateProductRequest request,
        ProductDbContext context,
        ProductLock products,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var reference = Guid.CreateVersion7().ToString();
        var product = await products.TransactAsync(
            async token =>
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
                context.StockMovements.Add(StockMovement.Initial(product, request.Stock, now, reference, user.Id));
                await context.SaveChangesAsync(token);
                return product;
            },
            reference,
            cancellationToken
        );
        return TypedResults.Created($"/api/products/{product.Id}", product.ToResponse());
    }

    private static async Task<Results<Ok<ProductResponse>, ProblemHttpResult>> Update(
        long id,
        UpdateProductRequest request,
        ProductLock products,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var updated = await products.ChangeAsync(
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
        ProductLock products,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var discontinued = await products.ChangeAsync(
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
