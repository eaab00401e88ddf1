using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ProductService.Catalogue;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>The index that keywords are looked up in, and what keeps it right.</summary>
public sealed class SearchTests(ProductApp app) : IClassFixture<ProductApp>
{
    // A category of its own keeps each test's products apart from the others'.
    private readonly string _category = $"분류-{Guid.NewGuid():N}";
    private readonly HttpClient _admin = app.CreateAdminClient();

    [Theory]
    [InlineData("유기농 귤 3kg", "귤")]
    [InlineData("유기농 귤 3kg", "유")]
    [InlineData("유기농 귤 3kg", "농 g")]
    [InlineData("유기농 귤 3kg", "기농 귤")]
    [InlineData("유기농 귤 3kg", "KG 유기")]
    [InlineData("Café crème", "cafe CREME")]
    [InlineData("ｆｕｌｌ width", "FULL")]
    [InlineData("cafe", "ＣＡＦÉ")]
    [InlineData("𝒜ℬ𝒞 😀한글", "abc")]
    [InlineData("선물😀상자", "😀상")]
    [InlineData("에티오피아예가체프내추럴원두", "오피아예가체프내추럴원")]
    public async Task What_the_database_takes_for_the_same_is_found(string name, string keywords)
    {
        var id = await app.AddAsync(name: name, category: _category);
        await app.AddAsync(name: "전혀 다른 물건", category: _category);

        Assert.Equal([id], await FindAsync(keywords));
    }

    [Theory]
    [InlineData("커피머신", "새커피머신", "커피 피머 머신")]
    [InlineData("가나 나다 다라 라마 마바 바사", "가나다라마바사", "가나다라마바")]
    public async Task Letters_that_stand_elsewhere_are_no_match(string keywords, string match, string elsewhere)
    {
        var id = await app.AddAsync(name: match, category: _category);
        await app.AddAsync(name: elsewhere, category: _category);

        Assert.Equal([id], await FindAsync(keywords));
    }

    [Fact]
    public async Task A_change_is_found_by_its_new_words_only()
    {
        var id = await app.AddAsync(name: "제주 감귤", category: _category);

        await ChangeAsync(id, "나주 배", "달고 시원한");

        Assert.Empty(await FindAsync("감귤"));
        Assert.Equal([id], await FindAsync("나주"));
        Assert.Equal([id], await FindAsync("시원"));
        Assert.Equal(["고", "나주", "달고", "배", "시원", "원한", "주", "한"], await TermsAsync(id));
    }

    [Fact]
    public async Task What_is_discontinued_stays_out_until_it_comes_back()
    {
        var id = await app.AddAsync(name: "단종된 물건", category: _category);
        Assert.Equal([id], await FindAsync("단종"));

        await _admin.DeleteAsync($"/api/products/{id}");
        Assert.Empty(await FindAsync("단종"));
        Assert.Equal([id], await FindAsync("단종", "&status=DISCONTINUED"));

        await ChangeAsync(id, "단종된 물건", null);
        Assert.Equal([id], await FindAsync("단종"));
    }

    [Fact]
    public async Task What_is_undone_leaves_nothing()
    {
        var id = await app.AddAsync(name: "예전 이름", category: _category);
        var terms = await TermsAsync(id);
        var count = await CountTermsAsync();
        // The last statement of every change fails.
        await app.ExecuteAsync(
            "CREATE TRIGGER refuse BEFORE UPDATE ON catalogue_version FOR EACH ROW SIGNAL SQLSTATE '45000'"
        );
        try
        {
            await _admin
                .PutAsJsonAsync($"/api/products/{id}", Details("새 이름"))
                .ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
            await _admin
                .PostAsJsonAsync("/api/products", Details("새 물건"))
                .ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        }
        finally
        {
            await app.ExecuteAsync("DROP TRIGGER refuse");
        }

        Assert.Equal([id], await FindAsync("예전"));
        Assert.Empty(await FindAsync("새"));
        Assert.Equal(terms, await TermsAsync(id));
        Assert.Equal(count, await CountTermsAsync());
    }

    [Fact]
    public async Task What_an_older_replica_wrote_is_found_after_a_while()
    {
        var changed = await app.AddAsync(name: "먼저 것", category: _category);
        var same = await app.AddAsync(name: "그대로", category: _category);
        await app.ExecuteAsync(
            $"""
            UPDATE products SET name = '나중 것' WHERE id = {changed};
            INSERT INTO products (name, price, stock, category, status, created_at, updated_at)
            SELECT '덧붙인 것', price, 0, category, 'OUT_OF_STOCK', created_at, updated_at FROM products WHERE id = {same}
            """
        );
        var repair = app.Services.GetRequiredService<SearchIndexRepair>();

        await repair.RunOnceAsync(CancellationToken.None);

        Assert.Equal([changed], await FindAsync("나중"));
        Assert.Empty(await FindAsync("먼저"));
        Assert.Single(await FindAsync("덧붙인"));
        Assert.Equal([same], await FindAsync("그대로"));
        var version = await ReadVersionAsync();
        await repair.RunOnceAsync(CancellationToken.None);
        Assert.Equal(version, await ReadVersionAsync());
    }

    private object Details(string name, string? description = null) =>
        new
        {
            name,
            description,
            price = 1000,
            category = _category,
            discontinued = false,
        };

    private async Task ChangeAsync(long id, string name, string? description) =>
        await _admin.PutAsJsonAsync($"/api/products/{id}", Details(name, description)).JsonAsync();

    private async Task<long[]> FindAsync(string keywords, string more = "") =>
        [.. (await ListAsync(keywords, more)).Select(product => product.GetProperty("id").GetInt64())];

    private async Task<JsonElement[]> ListAsync(string keywords, string more = "")
    {
        var list = await _admin
            .GetAsync(
                $"/api/products?q={Uri.EscapeDataString(keywords)}&category={Uri.EscapeDataString(_category)}{more}"
            )
            .JsonAsync();
        var items = list.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(items.Length, list.GetProperty("total").GetInt64());
        return items;
    }

    private Task<List<string>> TermsAsync(long id) =>
        app.QueryAsync<string>(
            $"SELECT term AS Value FROM search_bigrams WHERE product_id = {id} ORDER BY term COLLATE utf8mb4_bin"
        );

    private async Task<long> CountTermsAsync() =>
        (await app.QueryAsync<long>("SELECT COUNT(*) AS Value FROM search_bigrams")).Single();

    private async Task<long> ReadVersionAsync() =>
        (await app.QueryAsync<long>("SELECT version AS Value FROM catalogue_version")).Single();
}
