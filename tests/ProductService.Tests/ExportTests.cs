using System.Net;
using CsvHelper;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Products as a file for spreadsheets.</summary>
public sealed class ExportTests(ProductApp app) : IClassFixture<ProductApp>
{
    private const string Path = "/api/products/export";

    [Fact]
    public async Task The_file_has_what_the_filters_leave_the_last_added_first()
    {
        var many = await app.AddAsync(stock: 50, price: 1000, name: "넉넉한 것", category: "수출");
        var few = await app.AddAsync(stock: 2, price: 2000, name: "\"귀한\", 것", category: "수출");
        await app.AddAsync(category: "다른 분류");
        var admin = app.CreateAdminClient();

        Assert.Equal(
            [
                ["상품번호", "상품명", "분류", "가격(원)", "재고", "상태"],
                [$"{few}", "\"귀한\", 것", "수출", "2000", "2", "판매 중"],
                [$"{many}", "넉넉한 것", "수출", "1000", "50", "판매 중"],
            ],
            Read(await admin.GetByteArrayAsync($"{Path}?category=수출"))
        );
        Assert.Equal(
            [
                ["Product id", "Name", "Category", "Price (KRW)", "Stock", "Status"],
                [$"{few}", "\"귀한\", 것", "수출", "2000", "2", "AVAILABLE"],
            ],
            Read(await admin.GetByteArrayAsync($"{Path}?category=수출&stockBelow=3&lang=en"))
        );
    }

    [Fact]
    public async Task Only_administrators_get_it()
    {
        await app.CreateAnonymousClient().GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await app.CreateClientFor(1).GetAsync(Path).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.CreateAdminClient().GetAsync($"{Path}?lang=fr&status=GONE").InvalidAsync("lang", "status");
    }

    private static List<string[]> Read(byte[] file)
    {
        using var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, 6).Select(csv.GetString)]);
        }

        return rows;
    }
}
