using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.OrderService.Orders;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>
/// When the answer to a commit is lost, or a commit is carried out only when its connection is long gone, what was committed
/// counts once: it is neither lost nor done again, and never said to be undone.
/// </summary>
public sealed class LostCommitTests : IClassFixture<QuietShop>, IAsyncLifetime
{
    private readonly QuietShop _shop;
    private readonly LossyDatabase _way;
    private readonly QuietShop _replica;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public LostCommitTests(QuietShop shop)
    {
        _shop = shop;
        _product = shop.Products.Add("Pen", 1_000);
        _way = LossyDatabase.InFrontOf(shop.Settings["ConnectionStrings:orderdb"]!);
        _replica = shop.CreateReplica();
        _replica.Settings["ConnectionStrings:orderdb"] = _way.ConnectionString;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _way.DisposeAsync();
    }

    [Fact]
    public async Task Placing_an_order()
    {
        var shopper = _replica.CreateClientFor(_userId);
        _way.LoseAnswerTo("INSERT INTO orders");

        var order = await shopper.PlaceAsync(Request(_userId, (_product, 1)), "key").JsonAsync(HttpStatusCode.Created);
        var again = await shopper.PlaceAsync(Request(_userId, (_product, 1)), "key").JsonAsync(HttpStatusCode.Created);

        Assert.Equal(1, _way.Lost);
        Assert.Equal(order.GetRawText(), again.GetRawText());
        Assert.Equal(1, await _shop.QueryAsync(database => database.Orders.CountAsync(o => o.UserId == _userId)));
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Moving_and_cancelling_an_order()
    {
        var order = await _shop.CreateClientFor(_userId).PlaceAsync(_userId, _product);
        var admin = _replica.CreateAdminClient();
        _way.LoseCommits(1);
        await admin.MoveAsync(order.Id(), "CONFIRMED").JsonAsync();
        _way.LoseCommits(1);
        await admin.MoveAsync(order.Id(), "CANCELLED").JsonAsync();

        Assert.Equal(2, _way.Lost);
        Assert.Equal(
            2,
            await _shop.QueryAsync(database => database.StatusChanges.CountAsync(c => c.OrderId == order.Id()))
        );
        await _shop.AssertMovesAreToldAsync();
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Fact]
    public async Task Sweeping_an_order()
    {
        var order = await _shop.CreateClientFor(_userId).PlaceAsync(_userId, _product);
        await _shop.ExecuteAsync($"UPDATE orders SET pay_by = '2000-01-01' WHERE id = {order.Id()}");
        _way.LoseCommits(1);

        await _replica.WorkAsync<DeadlineSweeper>();

        Assert.Equal(1, _way.Lost);
        await _shop.AssertMovesAreToldAsync();
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(100, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Paying_for_an_order_and_reading_of_it()
    {
        var order = await _shop.CreateClientFor(_userId).PlaceAsync(_userId, _product);
        _way.LoseCommits(3);

        await _replica.Payments.HoldAsync(order).JsonAsync();
        await _replica.Payments.PayAsync(order, paymentId: 5).JsonAsync();
        var page = await _replica.Payments.GetAsync("/internal/orders/events?limit=1000").JsonAsync();

        Assert.Equal(3, _way.Lost);
        await _shop.AssertMovesAreToldAsync();
        var positions = page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("position").GetInt64());
        Assert.Equal(Enumerable.Range(1, positions.Count()).Select(position => (long)position), positions);
    }

    [Fact]
    public async Task Placing_an_order_when_its_commit_comes_late()
    {
        var shopper = _replica.CreateClientFor(_userId);
        _way.DelayPast("INSERT INTO orders", until: "INSERT INTO orders");

        var order = await shopper.PlaceAsync(Request(_userId, (_product, 1)), "key").JsonAsync(HttpStatusCode.Created);
        var again = await shopper.PlaceAsync(Request(_userId, (_product, 1)), "key").JsonAsync(HttpStatusCode.Created);

        await AssertCameLateAsync();
        Assert.Equal(order.GetRawText(), again.GetRawText());
        Assert.Equal(1, await _shop.QueryAsync(database => database.Orders.CountAsync(o => o.UserId == _userId)));
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Refusing_an_order_when_its_commit_comes_late()
    {
        var shopper = _replica.CreateClientFor(_userId);
        var wish = Request(_userId, (_product, 101));
        _way.DelayPast("UPDATE order_placements", until: "UPDATE order_placements");

        await shopper.PlaceAsync(wish, "key").ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        await shopper.PlaceAsync(wish, "key").ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");

        await AssertCameLateAsync();
    }

    [Fact]
    public async Task Cancelling_an_order_when_its_commit_comes_late()
    {
        var order = await _shop.CreateClientFor(_userId).PlaceAsync(_userId, _product);
        _way.DelayCommits(1);
        await _replica.CreateClientFor(_userId).CancelAsync(order.Id()).JsonAsync();

        await AssertCameLateAsync();
        Assert.Equal(
            1,
            await _shop.QueryAsync(database => database.StatusChanges.CountAsync(c => c.OrderId == order.Id()))
        );
        await _shop.AssertMovesAreToldAsync();
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Fact]
    public async Task Paying_for_an_order_when_the_commit_comes_late()
    {
        using var moved = new MetricCollector<long>(
            _replica.Services.GetRequiredService<IMeterFactory>(),
            OrderMetrics.MeterName,
            "msashop.orders.moved"
        );
        var order = await _shop.CreateClientFor(_userId).PlaceAsync(_userId, _product);
        await _replica.Payments.HoldAsync(order).JsonAsync();
        _way.DelayCommits(1);

        var paid = await _replica.Payments.PayAsync(order, paymentId: 5).JsonAsync();

        await AssertCameLateAsync();
        Assert.Equal("CONFIRMED", paid.Text("status"));
        Assert.Single(moved.GetMeasurementSnapshot());
        await _shop.AssertMovesAreToldAsync();
    }

    /// <summary>The server may be answering the late commit still when what came after it is done.</summary>
    private async Task AssertCameLateAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (_way.Delayed != 1)
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
