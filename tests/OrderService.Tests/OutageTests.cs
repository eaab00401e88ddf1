using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>Each test breaks something, so each has a shop of its own.</summary>
public sealed class OutageTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly OrderShop _shop = new();
    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    public Task InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Stock_comes_back_when_the_database_refuses_the_order()
    {
        var product = _shop.Products.Add("Pen", 1_000);
        await _shop.QueryAsync(database =>
            database.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER refuse BEFORE INSERT ON order_items FOR EACH ROW SIGNAL SQLSTATE '45000'"
            )
        );

        await Shopper
            .PlaceAsync(Request(_userId, (product, 7)))
            .ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");

        await _shop.Products.WaitForReturnAsync();
        Assert.Equal(100, _shop.Products.StockOf(product));
        Assert.False(await _shop.QueryAsync(database => database.Orders.AnyAsync()));
    }

    [Fact]
    public async Task A_take_whose_answer_is_lost_is_repeated_under_the_same_number()
    {
        var product = _shop.Products.Add("Pen", 1_000);
        var failures = 1;
        _shop.Products.AfterTake = () =>
            Interlocked.Decrement(ref failures) >= 0
                ? throw new InvalidOperationException("The answer is lost.")
                : Task.CompletedTask;

        var order = await Shopper.PlaceAsync(_userId, product);

        Assert.Equal([order.Text("orderNumber"), order.Text("orderNumber")], _shop.Products.Takes);
        Assert.Equal(99, _shop.Products.StockOf(product));
    }

    [Fact]
    public async Task Stock_comes_back_when_no_answer_ever_comes()
    {
        var product = _shop.Products.Add("Pen", 1_000);
        _shop.Products.AfterTake = () => throw new InvalidOperationException("The answer is lost.");

        await AnswersUnavailableAsync(product);

        await _shop.Products.WaitForReturnAsync();
        Assert.Equal(100, _shop.Products.StockOf(product));
    }

    [Fact]
    public async Task When_product_svc_is_down_the_answer_comes_quickly()
    {
        await _shop.Products.DisposeAsync();

        await AnswersUnavailableAsync(1);
    }

    [Fact]
    public async Task When_user_svc_is_down_the_answer_comes_quickly()
    {
        await _shop.Users.DisposeAsync();

        await AnswersUnavailableAsync(1);
    }

    [Fact]
    public async Task When_product_svc_hangs_the_answer_comes_in_time_and_stock_comes_back()
    {
        var product = _shop.Products.Add("Pen", 1_000);
        var hanging = new TaskCompletionSource();
        _shop.Products.AfterTake = () => hanging.Task;

        await AnswersUnavailableAsync(product);

        await _shop.Products.WaitForReturnAsync();
        Assert.Equal(100, _shop.Products.StockOf(product));
        hanging.SetResult();
    }

    [Fact]
    public async Task When_user_svc_hangs_the_answer_comes_in_time()
    {
        var hanging = new TaskCompletionSource();
        _shop.Users.BeforeAnswer = () => hanging.Task;

        await AnswersUnavailableAsync(1);

        hanging.SetResult();
    }

    [Fact]
    public async Task A_cancelled_order_s_stock_comes_back_once_product_svc_does()
    {
        var product = _shop.Products.Add("Pen", 1_000);
        var order = await Shopper.PlaceAsync(_userId, product);
        var failures = 6;
        _shop.Products.BeforeReturn = () =>
            Interlocked.Decrement(ref failures) >= 0
                ? throw new InvalidOperationException("Not now.")
                : Task.CompletedTask;

        var cancelled = await Shopper.CancelAsync(order.Id()).JsonAsync();

        Assert.Equal("CANCELLED", cancelled.Text("status"));
        await _shop.Products.WaitForReturnAsync();
        Assert.Equal(100, _shop.Products.StockOf(product));
    }

    [Fact]
    public async Task Without_the_database_reading_fails_quickly_and_health_tells()
    {
        // A connection string whose server is not there.
        await using var shop = new OrderShop();
        await shop.InitializeAsync();
        shop.Settings["ConnectionStrings:orderdb"] =
            "Server=127.0.0.1;Port=1;User ID=x;Database=x;Connection Timeout=2";
        shop.Settings["Aspire:Pomelo:EntityFrameworkCore:MySql:ServerVersion"] = "10.11.0-mariadb";
        var started = Stopwatch.GetTimestamp();

        await shop.CreateClientFor(1)
            .GetAsync("/api/orders")
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "database_unavailable");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await shop.CreateAnonymousClient().GetAsync("/health")).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await shop.CreateAnonymousClient().GetAsync("/alive")).StatusCode);
    }

    private async Task AnswersUnavailableAsync(long product)
    {
        var client = Shopper;
        var started = Stopwatch.GetTimestamp();

        await client
            .PlaceAsync(Request(_userId, (product, 1)))
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.False(await _shop.QueryAsync(database => database.Orders.AnyAsync()));
    }
}
