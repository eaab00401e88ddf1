using System.Net;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>An administrator's request that comes again with its key has been done already.</summary>
public sealed class IdempotencyTests(ProductApp app) : IClassFixture<ProductApp>
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task The_same_key_changes_a_stock_once()
    {
        var id = await app.AddAsync(stock: 10);
        var key = NewKey();

        var first = await AdjustAsync(id, 5, key);
        var again = await AdjustAsync(id, 5, key);

        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(15, (await again.JsonAsync()).GetProperty("stock").GetInt32());
        await app.AssertStockAsync(id, 15);
    }

    [Fact]
    public async Task The_same_key_in_parallel_changes_a_stock_once()
    {
        var id = await app.AddAsync(stock: 10);
        var key = NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AdjustAsync(id, 5, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await app.AssertStockAsync(id, 15);
    }

    [Fact]
    public async Task A_key_is_not_used_for_another_change()
    {
        var (id, other) = (await app.AddAsync(stock: 10), await app.AddAsync(stock: 10));
        var key = NewKey();
        await AdjustAsync(id, 5, key).JsonAsync();

        await AdjustAsync(id, 6, key).ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await AdjustAsync(other, 5, key).ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await AdjustAsync(id, 5, new string('k', 256)).InvalidAsync(Header);

        await app.AssertStockAsync(id, 15);
        await app.AssertStockAsync(other, 10);
    }

    [Fact]
    public async Task The_same_key_adds_a_product_once()
    {
        var key = NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AddAsync(1_000, key)));

        var ids = new HashSet<long>();
        foreach (var answer in answers)
        {
            ids.Add((await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64());
        }

        await app.AssertStockAsync(Assert.Single(ids), 3);
        Assert.Equal(9, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        await AddAsync(2_000, key).ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private Task<HttpResponseMessage> AdjustAsync(long id, int change, string key) =>
        app.SendAsync(HttpMethod.Patch, $"/api/products/{id}/stock", new { change }, Header, key);

    private Task<HttpResponseMessage> AddAsync(long price, string key) =>
        app.SendAsync(
            HttpMethod.Post,
            "/api/products",
            new
            {
                name = "열쇠",
                price,
                stock = 3,
                category = "시험",
            },
            Header,
            key
        );
}
