using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using MsaShop.PaymentService.OrderEvents;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.OrderEvents;

/// <summary>An event that cannot be understood is set aside with those of the same order that follow, and waits for a release that can.</summary>
public sealed class SetAsideEventTests : IAsyncLifetime
{
    private const string Placed = "ORDER_PLACED";
    private const string Moved = "ORDER_STATUS_CHANGED";

    private static readonly (string Type, string Data)[] s_notUnderstood =
    [
        ("ORDER_WRAPPED_AS_GIFT", """{"ribbon":"red"}"""),
        ("order_placed", "{}"),
        ("", "{}"),
        (Moved, """{"from":"PENDING","to":"PUT_ON_ICE","actor":"ADMIN","userId":7}"""),
        (Moved, """{"from":"PENDING","to":"CONFIRMED","actor":"ROBOT"}"""),
        (Moved, """{"from":"PENDING","actor":"ADMIN","userId":7}"""),
        (Placed, """{"userId":5,"totalPrice":3000,"paymentMethod":"SEASHELLS"}"""),
        (Placed, """{"userId":5,"totalPrice":"3000","paymentMethod":"CARD"}"""),
        (Placed, """{"userId":5,"totalPrice":3000}"""),
        (Placed, "[]"),
        (Placed, "null"),
    ];

    private readonly PaymentGraph _graph = new();

    private ShopOrders Orders => _graph.Orders;

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task What_is_not_understood_stands_in_no_other_order_s_way()
    {
        var before = Orders.Place();
        var strange = s_notUnderstood
            .Select(told =>
            {
                var order = Orders.Place(tell: false);
                Orders.Tell(order, told.Type, JsonNode.Parse(told.Data));
                return order;
            })
            .ToList();
        var after = Orders.Place();

        await _graph.WaitAsync(before.Id, PaymentStatus.Pending);
        await _graph.WaitAsync(after.Id, PaymentStatus.Pending);

        var waiting = await ListAsync();
        Assert.Equal(
            strange.Select((order, index) => (index + 2, s_notUnderstood[index].Type, order.Id, order.OrderNumber)),
            waiting.Select(one =>
                (
                    one.GetProperty("position").GetInt32(),
                    one.GetProperty("type").GetString()!,
                    one.GetProperty("orderId").GetInt64(),
                    one.GetProperty("orderNumber").GetString()!
                )
            )
        );
        foreach (var (order, one) in strange.Zip(waiting))
        {
            Assert.False(one.GetProperty("isBehind").GetBoolean());
            Assert.NotEmpty(one.GetProperty("why").GetString()!);
            Assert.Null(await _graph.FindAsync(order.Id));
        }

        // Awaiting a card would be an effect as well.
        Assert.False(await _graph.InDatabaseAsync(database => database.AwaitedCards.AnyAsync()));
    }

    [Fact]
    public async Task What_cannot_be_stored_stands_in_no_other_order_s_way()
    {
        var strange = Orders.Place(tell: false);
        var name = new string('홍', 100);
        Orders.Tell(
            strange,
            Placed,
            new JsonObject
            {
                ["userId"] = strange.UserId,
                ["totalPrice"] = strange.TotalPrice,
                ["paymentMethod"] = "BANK_TRANSFER",
                ["depositorName"] = name,
            }
        );
        var after = Orders.Place();

        await _graph.WaitAsync(after.Id, PaymentStatus.Pending);

        var page = await _graph.Admin.GetAsync("/api/payments/set-aside-events").JsonAsync();
        var waiting = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(strange.OrderNumber, waiting.GetProperty("orderNumber").GetString());
        Assert.DoesNotContain(name, waiting.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_waits_and_all_of_it_comes_in_its_order_once_it_is_understood()
    {
        var order = Orders.Place();
        Orders.Tell(order, "ORDER_SURELY_PAID", JsonNode.Parse("""{"to":"CONFIRMED","actor":"ADMIN","userId":7}"""));
        Orders.Move(order.Id, OrderStatus.Cancelled);
        await _graph.ReadFeedToEndAsync();

        Assert.Equal(PaymentStatus.Pending, (await _graph.FindAsync(order.Id))!.Status);
        Assert.Equal(
            [("ORDER_SURELY_PAID", false), (Moved, true)],
            (await ListAsync()).Select(waiting =>
                (waiting.GetProperty("type").GetString()!, waiting.GetProperty("isBehind").GetBoolean())
            )
        );
        await SweepAsync();
        Assert.Equal(2, (await ListAsync()).Count);

        await LearnAsync("ORDER_SURELY_PAID", Moved);
        Orders.IsAway = true;
        await SweepAsync();
        Orders.IsAway = false;

        Assert.Empty(await ListAsync());
        var payment = await _graph.WaitAsync(order.Id, PaymentStatus.Refunded);
        Assert.Equal(
            [PaymentStatus.Completed, PaymentStatus.Refunded],
            payment.History.Select(change => change.ToStatus)
        );

        // Nothing stands in the way any more of what comes now.
        var last = Orders.Place();
        await _graph.WaitAsync(last.Id, PaymentStatus.Pending);
    }

    [Fact]
    public async Task A_transfer_and_its_end_that_come_in_one_page_wait_together()
    {
        Orders.IsAway = true;
        var strange = Orders.Place(tell: false);
        Orders.Tell(strange, "ORDER_IMAGINED", JsonNode.Parse("{}"));
        Orders.Tell(
            strange,
            Placed,
            new JsonObject
            {
                ["userId"] = strange.UserId,
                ["totalPrice"] = strange.TotalPrice,
                ["paymentMethod"] = "BANK_TRANSFER",
                ["depositorName"] = "홍길동",
            }
        );
        var others = Enumerable.Range(0, 5).Select(_ => Orders.Place()).ToList();
        Orders.Move(strange.Id, OrderStatus.Cancelled);
        Orders.IsAway = false;
        foreach (var other in others)
        {
            await _graph.WaitAsync(other.Id, PaymentStatus.Pending);
        }

        await _graph.ReadFeedToEndAsync();
        Assert.Null(await _graph.FindAsync(strange.Id));
        Assert.Equal([false, true, true], (await ListAsync()).Select(w => w.GetProperty("isBehind").GetBoolean()));

        await LearnAsync("ORDER_IMAGINED", Moved, """{"to":"SHIPPING","actor":"ADMIN"}""");
        await SweepAsync();

        Assert.Empty(await ListAsync());
        Assert.Equal(PaymentStatus.Failed, (await _graph.FindAsync(strange.Id))!.Status);
    }

    [Fact]
    public async Task An_admin_has_it_tried_again()
    {
        var order = Orders.Place();
        Orders.Tell(order, "ORDER_SURELY_PAID", JsonNode.Parse("""{"to":"CONFIRMED","actor":"ADMIN","userId":7}"""));
        Orders.Tell(order, "ORDER_WRAPPED_AS_GIFT", JsonNode.Parse("{}"));
        await _graph.ReadFeedToEndAsync();
        var (first, second) = ("/api/payments/set-aside-events/2/retry", "/api/payments/set-aside-events/3/retry");

        await _graph.Admin.PostAsync(first, null).ProblemAsync(HttpStatusCode.Conflict, "not_understood");
        await LearnAsync("ORDER_SURELY_PAID", Moved);
        await _graph.Admin.PostAsync(second, null).ProblemAsync(HttpStatusCode.Conflict, "not_understood");

        // The one before it has had its effect nevertheless.
        Assert.Equal(PaymentStatus.Completed, (await _graph.FindAsync(order.Id))!.Status);
        var waiting = Assert.Single(await ListAsync());
        Assert.False(waiting.GetProperty("isBehind").GetBoolean());
        Assert.NotEmpty(waiting.GetProperty("why").GetString()!);
        await _graph.Admin.PostAsync(first, null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await LearnAsync("ORDER_WRAPPED_AS_GIFT", Moved, """{"to":"DELIVERED","actor":"ADMIN"}""");
        await _graph.Admin.PostAsync(second, null).StatusAsync(HttpStatusCode.NoContent);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Only_admins_see_them()
    {
        var shopper = _graph.Shop.CreateClientFor(PaymentShop.NewId());

        await shopper.GetAsync("/api/payments/set-aside-events").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await shopper
            .PostAsync("/api/payments/set-aside-events/1/retry", null)
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await _graph.Admin.GetAsync("/api/payments/set-aside-events?page=0").InvalidAsync("page");
    }

    [Fact]
    public async Task Two_replicas_set_it_aside_once_and_give_it_its_effect_once()
    {
        var other = _graph.AddReplica();
        var orders = Enumerable.Range(0, 10).Select(_ => Orders.Place()).ToList();
        foreach (var order in orders)
        {
            Orders.Tell(
                order,
                "ORDER_SURELY_PAID",
                JsonNode.Parse("""{"to":"CONFIRMED","actor":"ADMIN","userId":7}""")
            );
            Orders.Move(order.Id, OrderStatus.Cancelled);
        }

        await _graph.ReadFeedToEndAsync();
        Assert.Equal(20, (await ListAsync()).Count);
        await LearnAsync("ORDER_SURELY_PAID", Moved);

        await Task.WhenAll(SweepAsync(), SweepAsync(other));

        Assert.Empty(await ListAsync());
        foreach (var order in orders)
        {
            var payment = await _graph.WaitAsync(order.Id, PaymentStatus.Refunded);
            Assert.Single(payment.Refunds);
            Assert.Equal(2, payment.History.Count);
        }
    }

    [Fact]
    public async Task They_are_counted_while_they_wait()
    {
        using var count = new MetricCollector<long>(
            _graph.Shop.Services.GetRequiredService<IMeterFactory>(),
            OrderEventMetrics.MeterName,
            "msashop.order_events.set_aside"
        );
        var order = Orders.Place();
        Orders.Tell(order, "ORDER_SURELY_PAID", JsonNode.Parse("""{"to":"CONFIRMED","actor":"ADMIN","userId":7}"""));
        await _graph.ReadFeedToEndAsync();

        Assert.Equal(1, await MeasureAsync());
        await LearnAsync("ORDER_SURELY_PAID", Moved);
        Assert.Equal(0, await MeasureAsync());

        async Task<long> MeasureAsync()
        {
            await SweepAsync();
            count.RecordObservableInstruments();
            return count.LastMeasurement!.Value;
        }
    }

    [Fact]
    public async Task The_lag_grows_while_the_feed_cannot_be_read()
    {
        using var lag = new MetricCollector<double>(
            _graph.Shop.Services.GetRequiredService<IMeterFactory>(),
            OrderEventMetrics.MeterName,
            "msashop.order_events.lag"
        );
        Orders.IsAway = true;
        await PaymentGraph.WaitAsync(() => Task.FromResult(Measure() >= 2), () => "The lag does not grow.");

        Orders.IsAway = false;
        await PaymentGraph.WaitAsync(() => Task.FromResult(Measure() < 1.5), () => "The lag stays.");

        double Measure()
        {
            lag.RecordObservableInstruments();
            return lag.LastMeasurement!.Value;
        }
    }

    [Fact]
    public void The_lag_is_the_age_of_the_oldest_event_that_has_not_been_taken()
    {
        var time = new FakeTimeProvider();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var lag = new MetricCollector<double>(meters, OrderEventMetrics.MeterName, "msashop.order_events.lag");
        var metrics = new OrderEventMetrics(meters, time);
        var start = time.GetUtcNow().UtcDateTime;
        Assert.Equal(0, Measure());

        metrics.Read(start.AddHours(-1));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(61 * 60, Measure());
        metrics.Read(start.AddMinutes(-30));
        Assert.Equal(31 * 60, Measure());
        metrics.ReadToEnd(start.AddMinutes(1));
        Assert.Equal(0, Measure());
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(5 * 60, Measure());

        double Measure()
        {
            lag.RecordObservableInstruments();
            return lag.LastMeasurement!.Value;
        }
    }

    private async Task<List<JsonElement>> ListAsync()
    {
        var page = await _graph.Admin.GetAsync("/api/payments/set-aside-events?size=100").JsonAsync();
        var items = page.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(items.Count, page.GetProperty("total").GetInt32());
        return items;
    }

    private Task SweepAsync(Replica? replica = null) =>
        (replica ?? _graph.Shop).Services.GetRequiredService<SetAsideEventRetry>().RunOnceAsync(CancellationToken.None);

    /// <summary>What a newer release knows to read: here, what is stored becomes something that this one knows.</summary>
    private Task<int> LearnAsync(string type, string meant, string? data = null) =>
        _graph.InDatabaseAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"UPDATE set_aside_events SET type = {meant}, data = COALESCE({data}, data) WHERE type = {type}"
            )
        );
}
