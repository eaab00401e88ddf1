using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.Csv;

namespace MsaShop.ProductService.Catalogue;

internal static class ProductExport
{
    private static readonly CsvColumn<Product>[] s_columns =
    [
        new("상품번호", "Product id", (product, _) => product.Id),
        new("상품명", "Name", (product, _) => product.Name),
        new("분류", "Category", (product, _) => product.Category),
        new("가격(원)", "Price (KRW)", (product, _) => (long)product.Price),
        new("재고", "Stock", (product, _) => product.Stock),
        new("상태", "Status", (product, format) => format.Word(product.Status, InKorean)),
        new("설명", "Description", (product, _) => product.Description),
        new("그림", "Picture", (product, _) => product.ImageUrl),
        new("등록일시", "Added at", (product, format) => format.Time(product.CreatedAt)),
        new("변경일시", "Changed at", (product, format) => format.Time(product.UpdatedAt)),
    ];

    public static void MapProductExport(this IEndpointRouteBuilder products) =>
        products
            .MapGet("/export", Export)
            .WithName("ExportProducts")
            .WithSummary("Gives the products as a CSV file, the last added first")
            .WithDescription(CsvExport.Description)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task<Results<CsvFile<Product>, ProblemHttpResult>> Export(
        [AsParameters] ProductFilter filter,
        [AsParameters] CsvRequest request,
        ProductDbContext database,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        filter
            .Filter(database.Products, asAdmin: true)
            .ToCsvAsync(
                (products, id) => products.Where(product => product.Id < id).OrderByDescending(product => product.Id),
                product => product.Id,
                s_columns,
                "products",
                request,
                time,
                cancellationToken
            );

    private static string InKorean(ProductStatus status) =>
        status switch
        {
            ProductStatus.Available => "판매 중",
            ProductStatus.OutOfStock => "품절",
            ProductStatus.Discontinued => "판매 종료",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
}
