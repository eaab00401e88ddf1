using System.Net;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>
/// When the answer to a commit is lost, or the commit comes late, what an administrator wanted has been done once.
/// </summary>
public sealed class LostAnswerTests : IClassFixture<ProductApp>, IAsyncLifetime
{
    private readonly ProductApp _app;
    private readonly LossyDatabase _way;
    private readonly ProductApp _replica;

    public LostAnswerTests(ProductApp app)
    {
        _app = app;
        _way = LossyDatabase.InFrontOf(app.Settings["ConnectionStrings:productdb"]!);
        _replica = app.CreateReplica();
        _replica.Settings["ConnectionStrings:productdb"] = _way.ConnectionString;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _way.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("FROM products WHERE id IN")]
    public async Task A_stock_is_adjusted_once(string? until)
    {
        var id = await _app.AddAsync(stock: 10);
        Lose("INSERT INTO `stock_movements`", until);

        var adjusted = await _replica.AdjustAsync(id, 5).JsonAsync();

        Assert.Equal(1, _way.Lost);
        Assert.Equal(15, adjusted.GetProperty("stock").GetInt32());
        await _app.AssertStockAsync(id, 15);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("INSERT INTO `products`")]
    public async Task A_product_is_added_once(string? until)
    {
        var name = $"한 번 {Guid.NewGuid():N}";
        Lose("INSERT INTO `products`", until);

        var id = await _replica.AddAsync(stock: 7, name: name);

        Assert.Equal(1, _way.Lost);
        Assert.Equal([id], await _app.QueryAsync<long>($"SELECT id AS Value FROM products WHERE name = '{name}'"));
        await _app.AssertStockAsync(id, 7);
    }

    [Fact]
    public async Task Stock_is_taken_and_returned_once_though_the_commits_come_late()
    {
        var id = await _app.AddAsync(stock: 10);
        var number = ProductApp.NewOrderNumber();
        Lose("INSERT INTO stock_reservations", "FROM products WHERE id IN");
        await _replica.TakeAsync(number, (id, 4)).JsonAsync();
        Assert.Equal(1, _way.Lost);
        await _app.AssertStockAsync(id, 6);

        Lose("UPDATE `stock_reservations`", "FROM stock_reservations WHERE");
        Assert.Equal(HttpStatusCode.NoContent, (await _replica.ReturnAsync(number)).StatusCode);

        Assert.Equal(2, _way.Lost);
        await _app.AssertStockAsync(id, 10);
    }

    private void Lose(string text, string? until)
    {
        if (until is null)
        {
            _way.LoseAnswerTo(text);
        }
        else
        {
            _way.DelayPast(text, until);
        }
    }
}
