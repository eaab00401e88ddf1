using System.Net;
using System.Net.Http.Json;
using System.Text;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>What administrators do, and nobody else.</summary>
public sealed class ProductAdministrationTests(ProductApp app) : IClassFixture<ProductApp>
{
    private readonly HttpClient _admin = app.CreateAdminClient(userId: 42);

    [Theory]
    [InlineData("POST", "/api/products")]
    [InlineData("POST", "/api/products/images")]
    [InlineData("PUT", "/api/products/{id}")]
    [InlineData("DELETE", "/api/products/{id}")]
    [InlineData("PATCH", "/api/products/{id}/stock")]
    [InlineData("GET", "/api/products/{id}/stock-movements")]
    public async Task Others_are_turned_away(string method, string path)
    {
        var id = await app.AddAsync(stock: 5);
        (HttpClient, HttpStatusCode, string)[] others =
        [
            (app.CreateAnonymousClient(), HttpStatusCode.Unauthorized, "unauthenticated"),
            (app.CreateClientFor(1), HttpStatusCode.Forbidden, "forbidden"),
            (
                app.CreateAnonymousClient().WithToken(TestTokens.ForgedAccessToken(1, admin: true)),
                HttpStatusCode.Unauthorized,
                "unauthenticated"
            ),
            (app.Orders, HttpStatusCode.Unauthorized, "unauthenticated"),
        ];

        foreach (var (client, status, code) in others)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", $"{id}"));
            request.Content = JsonContent.Create(
                new
                {
                    name = "해킹",
                    price = 1,
                    category = "해킹",
                    change = -1,
                }
            );
            await client.SendAsync(request).ProblemAsync(status, code);
        }

        await app.AssertStockAsync(id, 5);
        Assert.Equal("사과", (await app.ReadAsync(id)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_product_is_added()
    {
        var answer = await _admin.PostAsJsonAsync(
            "/api/products",
            new
            {
                name = " 제주 감귤 ",
                description = "새콤달콤",
                price = 12900,
                stock = 0,
                category = "과일",
                imageUrl = "/api/products/images/tangerine.svg",
            }
        );

        var product = await answer.JsonAsync(HttpStatusCode.Created);
        var id = product.GetProperty("id").GetInt64();
        Assert.Equal($"/api/products/{id}", answer.Headers.Location?.OriginalString);
        Assert.Equal("제주 감귤", product.GetProperty("name").GetString());
        Assert.Equal("OUT_OF_STOCK", product.GetProperty("status").GetString());
        Assert.Equal(product.GetRawText(), (await app.ReadAsync(id)).GetRawText());
        await app.AssertStockAsync(id, 0);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var id = await app.AddAsync();
        object wrong = new
        {
            name = " ",
            description = new string('a', 10_001),
            price = 0,
            stock = -1,
            category = new string('a', 51),
            imageUrl = "javascript:alert(1)",
        };

        await _admin.PostAsJsonAsync("/api/products", new { }).InvalidAsync("name", "price", "category");
        await _admin
            .PostAsJsonAsync("/api/products", wrong)
            .InvalidAsync("name", "description", "price", "stock", "category", "imageUrl");
        await _admin
            .PutAsJsonAsync($"/api/products/{id}", wrong)
            .InvalidAsync("name", "description", "price", "category", "imageUrl");
        await _admin.PatchAsJsonAsync($"/api/products/{id}/stock", new { }).InvalidAsync("change");
        await _admin
            .PatchAsJsonAsync($"/api/products/{id}/stock", new { change = 0, reason = new string('a', 201) })
            .InvalidAsync("change", "reason");
        await _admin.PatchAsJsonAsync($"/api/products/{id}/stock", new { change = 10_000_000 }).InvalidAsync("change");
    }

    [Theory]
    [InlineData("//evil.example/x.svg")]
    [InlineData("/\\evil.example/x.svg")]
    [InlineData("http://example.com/x.svg")]
    [InlineData("https://example.com/x.svg")]
    [InlineData("data:image/svg+xml,x")]
    [InlineData("/api/users/logout?everywhere=true")]
    [InlineData("/api/products/images/../../users/logout")]
    [InlineData("/api/products/images/%2e%2e/%2e%2e/users/logout")]
    [InlineData("/api/products/images/a.png?everywhere=true")]
    [InlineData("/api/products/images/a.png#b")]
    [InlineData("/api/products/images/a/b.png")]
    [InlineData("/api/products/images/..")]
    [InlineData("/api/products/images/")]
    [InlineData("/API/products/images/a.png")]
    [InlineData("/favicon.svg")]
    [InlineData("/")]
    [InlineData("https://pictures.example.evil.example/x.png")]
    [InlineData("https://user@pictures.example/x.png")]
    [InlineData("https://pictures.example:8443/x.png")]
    [InlineData("http://pictures.example/x.png")]
    [InlineData("https://pictures.example\\@evil.example/x.png")]
    [InlineData("https:pictures.example/x.png")]
    public async Task A_picture_lies_on_the_shop(string imageUrl) =>
        await _admin
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = "그림",
                    price = 1,
                    category = "그림",
                    imageUrl,
                }
            )
            .InvalidAsync("imageUrl");

    [Theory]
    [InlineData("https://pictures.example/x.png")]
    [InlineData("https://pictures.example/x/y.webp?width=100")]
    [InlineData("https://PICTURES.example/x.png")]
    public async Task Or_on_a_host_of_the_list(string imageUrl)
    {
        var product = await _admin
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = "그림",
                    price = 1,
                    category = "그림",
                    imageUrl,
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(imageUrl, product.GetProperty("imageUrl").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"name\": \"a\", \"price\": 1.5, \"category\": \"a\"}")]
    [InlineData("{\"name\": \"a\", \"price\": \"1\", \"category\": \"a\"}")]
    public async Task What_cannot_be_read_is_malformed(string body) =>
        await _admin
            .PostAsync("/api/products", new StringContent(body, Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");

    [Fact]
    public async Task A_change_leaves_the_stock_alone()
    {
        var id = await app.AddAsync(stock: 7);

        var product = await _admin
            .PutAsJsonAsync(
                $"/api/products/{id}",
                new
                {
                    name = "새 이름",
                    price = 2500,
                    category = "새 분류",
                    stock = 99,
                }
            )
            .JsonAsync();

        Assert.Equal("새 이름", product.GetProperty("name").GetString());
        Assert.Equal("2500", product.GetProperty("price").GetRawText());
        await app.AssertStockAsync(id, 7);
    }

    [Fact]
    public async Task A_discontinued_product_comes_back_only_when_told()
    {
        var id = await app.AddAsync(stock: 7);
        Assert.Equal(HttpStatusCode.NoContent, (await _admin.DeleteAsync($"/api/products/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _admin.DeleteAsync($"/api/products/{id}")).StatusCode);

        await _admin
            .PutAsJsonAsync(
                $"/api/products/{id}",
                new
                {
                    name = "사과",
                    price = 1000,
                    category = "시험",
                }
            )
            .JsonAsync();
        Assert.Equal("DISCONTINUED", await app.StatusAsync(id));

        await _admin
            .PutAsJsonAsync(
                $"/api/products/{id}",
                new
                {
                    name = "사과",
                    price = 1000,
                    category = "시험",
                    discontinued = false,
                }
            )
            .JsonAsync();
        Assert.Equal("AVAILABLE", await app.StatusAsync(id));
    }

    [Fact]
    public async Task The_status_follows_the_stock()
    {
        var id = await app.AddAsync(stock: 1);
        Assert.Equal("AVAILABLE", await app.StatusAsync(id));

        await app.AdjustAsync(id, -1).JsonAsync();
        Assert.Equal("OUT_OF_STOCK", await app.StatusAsync(id));

        await app.AdjustAsync(id, 3).JsonAsync();
        Assert.Equal("AVAILABLE", await app.StatusAsync(id));
    }

    [Fact]
    public async Task Stock_never_goes_below_zero()
    {
        var id = await app.AddAsync(stock: 5);

        var problem = await app.AdjustAsync(id, -6).ProblemAsync(HttpStatusCode.Conflict, "stock_too_low");

        Assert.Equal(5, problem.GetProperty("stock").GetInt32());
        await app.AssertStockAsync(id, 5);
    }

    [Fact]
    public async Task Changes_at_once_are_all_kept()
    {
        var id = await app.AddAsync(stock: 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.AdjustAsync(id, 1).JsonAsync()));

        await app.AssertStockAsync(id, 20);
    }

    [Fact]
    public async Task The_ledger_tells_who_did_what_and_why()
    {
        var id = await app.AddAsync(stock: 5);
        var number = ProductApp.NewOrderNumber();
        await app.TakeAsync(number, (id, 2)).JsonAsync();
        await app.ReturnAsync(number);
        await _admin.PatchAsJsonAsync($"/api/products/{id}/stock", new { change = 4, reason = "입고" }).JsonAsync();

        var ledger = await _admin.GetAsync($"/api/products/{id}/stock-movements?size=3").JsonAsync();

        Assert.Equal(4, ledger.GetProperty("total").GetInt64());
        var entries = ledger.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            [("ADJUSTED", 4, 9), ("RETURNED", 2, 5), ("TAKEN", -2, 3)],
            entries.Select(entry =>
                (
                    entry.GetProperty("kind").GetString()!,
                    entry.GetProperty("change").GetInt32(),
                    entry.GetProperty("stockAfter").GetInt32()
                )
            )
        );
        Assert.Equal("입고", entries[0].GetProperty("reason").GetString());
        Assert.Equal(42, entries[0].GetProperty("changedBy").GetInt64());
        Assert.False(entries[0].TryGetProperty("orderNumber", out _));
        Assert.Equal(number, entries[1].GetProperty("orderNumber").GetString());
        await _admin.GetAsync($"/api/products/{id}/stock-movements?page=0&size=0").InvalidAsync("page", "size");
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        const string Unknown = "/api/products/987654321";
        await _admin
            .PutAsJsonAsync(
                Unknown,
                new
                {
                    name = "없음",
                    price = 1,
                    category = "없음",
                }
            )
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _admin.DeleteAsync(Unknown).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _admin
            .PatchAsJsonAsync($"{Unknown}/stock", new { change = 1 })
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _admin.GetAsync($"{Unknown}/stock-movements").ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }
}
