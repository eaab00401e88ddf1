using System.Net;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>What shoppers find.</summary>
public sealed class CatalogueTests(ProductApp app) : IClassFixture<ProductApp>
{
    // A category of its own keeps each test's products apart from the others'.
    private readonly string _category = $"분류-{Guid.NewGuid():N}";

    private Task<long> AddAsync(string name, long price = 1000, int stock = 10) =>
        app.AddAsync(stock, price, name, _category);

    private async Task<string[]> FindAsync(string query, HttpClient? client = null) =>
        [
            .. (await ListAsync(query, client))
                .GetProperty("items")
                .EnumerateArray()
                .Select(product => product.GetProperty("name").GetString()!),
        ];

    private Task<JsonElement> ListAsync(string query, HttpClient? client = null) =>
        (client ?? app.CreateAnonymousClient())
            .GetAsync($"/api/products?category={Uri.EscapeDataString(_category)}&{query}")
            .JsonAsync();

    private static string Q(string keywords) => $"q={Uri.EscapeDataString(keywords)}";

    [Fact]
    public async Task A_product_has_its_wire_format()
    {
        var id = await AddAsync("한라봉", price: 25900, stock: 3);

        var product = await app.CreateAnonymousClient().GetAsync($"/api/products/{id}").JsonAsync();

        Assert.Equal(id, product.GetProperty("id").GetInt64());
        Assert.Equal("25900", product.GetProperty("price").GetRawText());
        Assert.Equal("AVAILABLE", product.GetProperty("status").GetString());
        Assert.EndsWith("Z", product.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("커피", "드립커피 세트")]
    [InlineData("립커", "드립커피 세트")]
    [InlineData("세트 커피", "드립커피 세트")]
    [InlineData("커피 녹차")]
    [InlineData("MILK", "우유 Milk 1L")]
    [InlineData("없는말")]
    public async Task Keywords_match_any_part_of_a_word_in_any_case(string keywords, params string[] expected)
    {
        await AddAsync("드립커피 세트");
        await AddAsync("우유 Milk 1L");

        Assert.Equal(expected, await FindAsync(Q(keywords)));
    }

    [Theory]
    [InlineData("%", "100% 사과즙")]
    [InlineData("_", "snake_case")]
    [InlineData("!", "느낌표!")]
    [InlineData("\\", "back\\slash")]
    [InlineData("'", "quote's")]
    public async Task Wildcards_are_ordinary_letters(string keywords, string expected)
    {
        foreach (var name in new[] { "100% 사과즙", "snake_case", "느낌표!", "back\\slash", "quote's", "그냥" })
        {
            await AddAsync(name);
        }

        Assert.Equal([expected], await FindAsync(Q(keywords)));
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        await AddAsync("싼 것", price: 1000);
        await AddAsync("중간", price: 2000, stock: 0);
        await AddAsync("비싼 것", price: 3000);

        Assert.Equal(["중간", "비싼 것"], await FindAsync("minPrice=2000&sort=priceAsc"));
        Assert.Equal(["싼 것", "중간"], await FindAsync("maxPrice=2000&sort=priceAsc"));
        Assert.Equal(["싼 것", "비싼 것"], await FindAsync("inStock=true&sort=priceAsc"));
        Assert.Equal(3, (await FindAsync("inStock=false")).Length);
        Assert.Equal(["중간"], await FindAsync("status=OUT_OF_STOCK"));
    }

    [Theory]
    [InlineData("", "다", "가", "나")]
    [InlineData("sort=newest", "다", "가", "나")]
    [InlineData("sort=name", "가", "나", "다")]
    [InlineData("sort=priceAsc", "가", "나", "다")]
    [InlineData("sort=priceDesc", "다", "나", "가")]
    public async Task Sorting(string query, params string[] expected)
    {
        await AddAsync("나", price: 1000);
        await AddAsync("가", price: 500);
        await AddAsync("다", price: 2000);

        Assert.Equal(expected, await FindAsync(query));
    }

    [Fact]
    public async Task Administrators_find_what_runs_low()
    {
        await AddAsync("넉넉", stock: 100);
        await AddAsync("다섯", stock: 5);
        await AddAsync("없음", stock: 0);
        await AddAsync("넷", stock: 4);
        var admin = app.CreateAdminClient();

        Assert.Equal(["없음", "넷", "다섯", "넉넉"], await FindAsync("sort=stock", admin));
        Assert.Equal(["없음", "넷"], await FindAsync("sort=stock&stockBelow=5", admin));
        await admin.GetAsync("/api/products?stockBelow=0").InvalidAsync("stockBelow");

        foreach (var query in new[] { "stockBelow=5", "sort=stock" })
        {
            await app.CreateAnonymousClient()
                .GetAsync($"/api/products?{query}")
                .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            await app.CreateClientFor(1)
                .GetAsync($"/api/products?{query}")
                .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task Pages_cover_everything_once_even_when_all_sort_equal()
    {
        for (var index = 0; index < 7; index++)
        {
            await AddAsync("같은 이름");
        }

        var ids = new List<long>();
        for (var page = 1; page <= 4; page++)
        {
            var list = await ListAsync($"sort=priceAsc&size=2&page={page}");
            Assert.Equal(7, list.GetProperty("total").GetInt64());
            Assert.Equal(page, list.GetProperty("page").GetInt32());
            Assert.Equal(2, list.GetProperty("size").GetInt32());
            ids.AddRange(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
        }

        Assert.Equal(7, ids.Distinct().Count());
        Assert.Equal(7, ids.Count);
        Assert.Empty((await ListAsync("size=2&page=5")).GetProperty("items").EnumerateArray());
        Assert.Equal(20, (await ListAsync("")).GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Bounds_are_checked_all_at_once()
    {
        await app.CreateAnonymousClient()
            .GetAsync(
                "/api/products?page=0&size=101&sort=random&minPrice=-1&maxPrice=-1&status=GONE&q="
                    + new string('가', 101)
            )
            .InvalidAsync("page", "size", "sort", "minPrice", "maxPrice", "status", "q");
    }

    [Fact]
    public async Task Discontinued_products_are_for_administrators_only()
    {
        var gone = await AddAsync("단종");
        await AddAsync("판매 중");
        var admin = app.CreateAdminClient();
        var shopper = app.CreateClientFor(1);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/products/{gone}")).StatusCode);

        Assert.Equal(["판매 중"], await FindAsync(""));
        Assert.Equal(["판매 중"], await FindAsync("", admin));
        Assert.Empty(await FindAsync("status=DISCONTINUED", shopper));
        Assert.Equal(["단종"], await FindAsync("status=DISCONTINUED", admin));
        Assert.Equal(["판매 중", "단종"], await FindAsync("status=DISCONTINUED&status=AVAILABLE", admin));
        await shopper.GetAsync($"/api/products/{gone}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await admin.GetAsync($"/api/products/{gone}").JsonAsync();
    }

    [Fact]
    public async Task Categories_count_what_shoppers_find()
    {
        await AddAsync("하나");
        await AddAsync("둘", stock: 0);
        await app.CreateAdminClient().DeleteAsync($"/api/products/{await AddAsync("셋")}");

        var categories = await app.CreateAnonymousClient().GetAsync("/api/products/categories").JsonAsync();

        var mine = categories.EnumerateArray().Single(item => item.GetProperty("name").GetString() == _category);
        Assert.Equal(2, mine.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task An_unknown_product_is_not_found() =>
        await app.CreateAnonymousClient()
            .GetAsync("/api/products/987654321")
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");

    [Theory]
    [InlineData("page=abc", "page")]
    [InlineData("inStock=perhaps", "inStock")]
    public async Task A_value_of_the_wrong_type_names_its_field(string query, string field) =>
        await app.CreateAnonymousClient().GetAsync($"/api/products?{query}").InvalidAsync(field);

    [Theory]
    [InlineData("/api/products/abc")]
    [InlineData("/api/nothing")]
    public async Task What_is_not_there_is_not_there_for_strangers_either(string path) =>
        await app.CreateAnonymousClient().GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not_found");
}
