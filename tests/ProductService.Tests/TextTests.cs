using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Names, categories and keywords are the same however they were typed.</summary>
public sealed class TextTests(ProductApp app) : IClassFixture<ProductApp>
{
    // "한글 머그컵", as macOS types and names files, and as everybody else does.
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af \u1106\u1165\u1100\u1173\u110f\u1165\u11b8";
    private const string Together = "\ud55c\uae00 \uba38\uadf8\ucef5";

    private readonly string _word = Guid.NewGuid().ToString("N")[..12];
    private readonly HttpClient _admin = app.CreateAdminClient();

    [Fact]
    public async Task A_category_typed_apart_is_no_second_one()
    {
        await app.AddAsync(category: Together + _word);
        var id = await app.AddAsync(name: $" {Apart} ", category: $"{Apart}{_word}\u200b");

        var product = await app.ReadAsync(id);
        Assert.Equal(Codes(Together), Codes(product.GetProperty("name").GetString()!));
        Assert.Equal(Codes(Together + _word), Codes(product.GetProperty("category").GetString()!));
        var categories = await _admin.GetAsync("/api/products/categories").JsonAsync();
        Assert.Equal(
            2,
            Assert
                .Single(
                    categories.EnumerateArray(),
                    category => category.GetProperty("name").GetString()!.EndsWith(_word, StringComparison.Ordinal)
                )
                .GetProperty("count")
                .GetInt32()
        );
        Assert.Equal(2, await CountAsync($"category={Uri.EscapeDataString(Apart + _word)}"));
    }

    [Theory]
    [InlineData(Together, Apart)]
    [InlineData(Apart, Together)]
    [InlineData("ＭＵＧ", "mug")]
    [InlineData("mug", "ＭＵＧ")]
    [InlineData("3㎏", "3kg")]
    [InlineData("3kg", "３㎏")]
    [InlineData("ﾏｸﾞｶｯﾌﾟ", "マグカップ")]
    [InlineData("マグカップ", "ﾏｸﾞ")]
    [InlineData("ﬁne", "FINE")]
    [InlineData("㈜한빛", "(주)한빛")]
    [InlineData("10㎜", "mm")]
    public async Task Forms_that_are_the_same_are_found(string name, string keywords)
    {
        var id = await app.AddAsync(name: name, category: _word);
        await app.AddAsync(name: "전혀 다른 물건", category: _word);

        var found = await ListAsync($"q={Uri.EscapeDataString(keywords)}&category={_word}");

        Assert.Equal(id, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.Equal(1, found.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_kept_is_what_was_written()
    {
        var id = await app.AddAsync(name: "ＭＵＧ 3㎏", category: _word);

        Assert.Equal(Codes("ＭＵＧ 3㎏"), Codes((await app.ReadAsync(id)).GetProperty("name").GetString()!));
    }

    [Theory]
    [InlineData("name", "\u200b")]
    [InlineData("name", "\u3164")]
    [InlineData("name", "두\n줄")]
    [InlineData("name", "a\0b")]
    [InlineData("category", "\u200b")]
    [InlineData("category", "a\u007f")]
    [InlineData("description", "a\0b")]
    [InlineData("description", "a\u001bb")]
    public async Task Nobody_names_a_product_by_nothing_or_by_control_characters(string member, string text)
    {
        var product = new Dictionary<string, object>
        {
            ["name"] = "사과",
            ["category"] = _word,
            ["price"] = 1000,
        };
        product[member] = text;

        await _admin.PostAsJsonAsync("/api/products", product).InvalidAsync(member);
    }

    [Fact]
    public async Task A_description_has_lines()
    {
        var product = await _admin
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = "사과",
                    category = _word,
                    price = 1000,
                    description = $"한 줄\r\n\t{Apart}\n",
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(Codes($"한 줄\r\n\t{Together}"), Codes(product.GetProperty("description").GetString()!));
    }

    [Fact]
    public async Task What_was_stored_as_it_was_typed_is_mended_and_found()
    {
        var id = await app.AddAsync(category: Together + _word);
        var other = await app.AddAsync(category: _word);
        await app.ExecuteAsync(
            $"UPDATE products SET name = ' {Apart}', description = '{Apart}\n', category = '{Apart}{_word}' WHERE id = {id}"
        );
        await app.ExecuteAsync(
            $"INSERT INTO stock_movements (product_id, kind, quantity, stock_after, reference, reason, created_at) SELECT product_id, 'ADJUSTED', 0, stock_after, UUID(), '{Apart}', created_at FROM stock_movements WHERE product_id = {other}"
        );

        await app.RunAsync("mend-text");

        var product = await app.ReadAsync(id);
        Assert.Equal(Codes(Together), Codes(product.GetProperty("name").GetString()!));
        Assert.Equal(Codes(Together), Codes(product.GetProperty("description").GetString()!));
        Assert.Equal(1, await CountAsync($"category={Uri.EscapeDataString(Together + _word)}"));
        Assert.Equal(
            1,
            await CountAsync($"category={Uri.EscapeDataString(Together + _word)}&q={Uri.EscapeDataString(Together)}")
        );
        var reasons = await app.QueryAsync<string>(
            $"SELECT reason AS Value FROM stock_movements WHERE product_id = {other} AND reason IS NOT NULL"
        );
        Assert.Equal(Codes(Together), Codes(Assert.Single(reasons)));
    }

    private static IEnumerable<int> Codes(string text) => text.Select(letter => (int)letter);

    private async Task<int> CountAsync(string query) => (await ListAsync(query)).GetProperty("total").GetInt32();

    private Task<JsonElement> ListAsync(string query) => _admin.GetAsync($"/api/products?{query}").JsonAsync();
}
