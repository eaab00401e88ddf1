using System.Net;
using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Placing;
using MsaShop.Testing;
using MySqlConnector;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>Wherever the placing of an order breaks off, the order is finished or undone: never half of it stays.</summary>
public sealed class HalfDoneTests : IClassFixture<QuietShop>
{
    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public HalfDoneTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    private object Wish => Request(_userId, (_product, 3));

    [Theory]
    [InlineData("INSERT ON order_placements")]
    [InlineData("INSERT ON orders")]
    [InlineData("INSERT ON order_items")]
    [InlineData("INSERT ON order_events")]
    // Neither the order nor its undoing can be stored.
    [InlineData("UPDATE ON order_placements")]
    [InlineData("INSERT ON orders", "INSERT ON outbox_messages")]
    public async Task What_the_database_refuses_is_undone(params string[] writes)
    {
        await using (await RefuseAsync(writes))
        {
            var answer = await Shopper.PlaceAsync(Wish, "key");
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        await _shop.SettleAsync();

        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(100, _shop.Products.StockOf(_product));
        await Shopper.PlaceAsync(Wish, "key").JsonAsync(HttpStatusCode.Created);
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_stored_is_not_given()
    {
        var wish = Request(_userId, (_product, 101));
        await using (await RefuseAsync("UPDATE ON order_placements"))
        {
            await Shopper.PlaceAsync(wish, "key").ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        }

        await _shop.SettleAsync();

        await Shopper.PlaceAsync(wish, "key").ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_dead_process_left_is_undone_by_one_of_the_others(bool stockTaken)
    {
        // As it is after the placement was stored, and before or after product-svc took the stock.
        var number = await LeaveRunningAsync();
        if (stockTaken)
        {
            _shop.Products.TakeFor(number, _product, 5);
        }

        await using var replica = _shop.CreateReplica();
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => i % 2 == 0 ? _shop.WorkAsync<PlacementRecovery>() : replica.WorkAsync<PlacementRecovery>())
        );
        await _shop.Outbox.DeliverDueAsync();

        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(100, _shop.Products.StockOf(_product));
        Assert.Equal(
            1,
            await _shop.ScalarAsync<int>($"SELECT COUNT(*) AS Value FROM outbox_messages WHERE `key` = {number}")
        );
    }

    [Fact]
    public async Task A_request_within_its_time_is_left_alone()
    {
        var (taken, goOn) = HangAfterTake();
        var answer = Shopper.PlaceAsync(Wish);
        await taken;

        await _shop.WorkAsync<PlacementRecovery>();
        goOn.SetResult();

        await answer.JsonAsync(HttpStatusCode.Created);
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(97, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task A_request_that_took_too_long_finds_itself_undone()
    {
        var (taken, goOn) = HangAfterTake();
        var answer = Shopper.PlaceAsync(Wish, "key");
        await taken;

        await _shop.SettleAsync();
        goOn.SetResult();

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.Equal(100, _shop.Products.StockOf(_product));
        await _shop.AssertSettledAsync(_product, 100);
        _shop.Products.Reset();
        await Shopper.PlaceAsync(Wish, "key").JsonAsync(HttpStatusCode.Created);
        Assert.Equal(97, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task An_order_that_is_being_stored_is_not_undone_meanwhile()
    {
        // The insert waits for a lock that this test has.
        await using var connection = new MySqlConnection(_shop.Settings["ConnectionStrings:orderdb"]);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "SELECT GET_LOCK('storing', 0)");
        await _shop.ExecuteAsync(
            $"CREATE TRIGGER waits BEFORE INSERT ON orders FOR EACH ROW DO GET_LOCK('storing', 30), RELEASE_LOCK('storing')"
        );
        var (taken, goOn) = HangAfterTake();
        var answer = Shopper.PlaceAsync(Wish);
        await taken;
        await _shop.ExecuteAsync($"UPDATE order_placements SET lease_until = '2000-01-01' WHERE state = 'RUNNING'");
        goOn.SetResult();
        await UntilAsync(async () =>
            await _shop.ScalarAsync<int>(
                $"SELECT COUNT(*) AS Value FROM information_schema.processlist WHERE state = 'User lock'"
            ) > 0
        );

        await _shop.WorkAsync<PlacementRecovery>();
        await ExecuteAsync(connection, "SELECT RELEASE_LOCK('storing')");

        await answer.JsonAsync(HttpStatusCode.Created);
        await _shop.ExecuteAsync($"DROP TRIGGER waits");
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(97, _shop.Products.StockOf(_product));
    }

    [Theory]
    [InlineData("out_of_stock", 101, null)]
    [InlineData("price_changed", 50, 49_000L)]
    public async Task A_refusal_whose_question_was_repeated_may_still_come_to_take_and_is_undone(
        string code,
        int quantity,
        long? expectedTotal
    )
    {
        // The first try's answer is lost, and the stock goes to others, or the price rises, before the second: the first may yet be carried out.
        var tries = 0;
        _shop.Products.BeforeTake = () =>
            Interlocked.Increment(ref tries) == 1 ? throw new InvalidOperationException("Lost.") : Task.CompletedTask;

        var wish = expectedTotal is { } total
            ? Request(_userId, total, (_product, quantity))
            : Request(_userId, (_product, quantity));
        await Shopper.PlaceAsync(wish).ProblemAsync(HttpStatusCode.Conflict, code);
        await _shop.Outbox.DeliverDueAsync();
        _shop.Products.TakeFor(_shop.Products.Takes.Last(), _product, 50);

        Assert.Equal(100, _shop.Products.StockOf(_product));
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Fact]
    public async Task Stock_goes_back_in_the_end_however_often_product_svc_fails()
    {
        var number = await LeaveRunningAsync();
        _shop.Products.TakeFor(number, _product, 5);
        _shop.Products.BeforeReturn = () => throw new InvalidOperationException("Not now.");
        await _shop.SettleAsync();
        Assert.Equal(95, _shop.Products.StockOf(_product));
        Assert.Equal(
            "PENDING",
            await _shop.ScalarAsync<string>($"SELECT status AS Value FROM outbox_messages WHERE `key` = {number}")
        );

        _shop.Products.Reset();
        await _shop.SettleAsync();

        Assert.Equal(100, _shop.Products.StockOf(_product));
        await _shop.AssertSettledAsync(_product, 100);
    }

    private async Task<string> LeaveRunningAsync()
    {
        var number = OrderNumber.Create(DateTime.UtcNow);
        await _shop.ExecuteAsync(
            $"""
            INSERT INTO order_placements
                (order_number, user_id, request_hash, state, lease_until, created_at, updated_at)
            VALUES ({number}, {_userId}, '', 'RUNNING', UTC_TIMESTAMP() - INTERVAL 1 SECOND, UTC_TIMESTAMP(), UTC_TIMESTAMP())
            """
        );
        return number;
    }

    private (Task Taken, TaskCompletionSource GoOn) HangAfterTake()
    {
        var (taken, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _shop.Products.AfterTake = () =>
        {
            taken.TrySetResult();
            return goOn.Task;
        };
        return (taken.Task, goOn);
    }

    /// <summary>Has the database refuse these writes until the end.</summary>
    private async Task<IAsyncDisposable> RefuseAsync(params string[] writes)
    {
        for (var i = 0; i < writes.Length; i++)
        {
            var sql = $"CREATE TRIGGER refuse{i} BEFORE {writes[i]} FOR EACH ROW SIGNAL SQLSTATE '45000'";
            await _shop.QueryAsync(database => database.Database.ExecuteSqlRawAsync(sql));
        }

        return new Refusal(_shop, writes.Length);
    }

    private sealed class Refusal(QuietShop shop, int count) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            for (var i = 0; i < count; i++)
            {
                var sql = $"DROP TRIGGER refuse{i}";
                await shop.QueryAsync(database => database.Database.ExecuteSqlRawAsync(sql));
            }
        }
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteScalarAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            await Task.Delay(10, timeout.Token);
        }
    }
}
