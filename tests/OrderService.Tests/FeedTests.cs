using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;
using MySqlConnector;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>Whoever reads the feed by position sees every event once, in an order that never changes.</summary>
public sealed class FeedTests : IClassFixture<QuietShop>
{
    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public FeedTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    [Fact]
    public async Task It_tells_what_payments_need_to_know()
    {
        var last = await LastAsync();
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var (shopper, payments) = (Shopper, _shop.Payments);
        foreach (var client in new[] { shopper, payments })
        {
            client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        }

        var order = await shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "orders@example.com",
                    items = new[] { new { productId = _product, quantity = 2 } },
                    paymentMethod = "BANK_TRANSFER",
                    depositorName = "홍길동",
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        await payments.PayAsync(order, paymentId: 9, amount: 2_000).JsonAsync();
        await shopper.PostAsJsonAsync($"/api/orders/{order.Id()}/cancel", new { reason = "변심" }).JsonAsync();

        var events = (await ReadAsync(last)).Events;

        Assert.Equal(
            ["ORDER_PLACED", "ORDER_STATUS_CHANGED", "ORDER_STATUS_CHANGED"],
            events.Select(e => e.Text("type"))
        );
        Assert.Equal([last + 1, last + 2, last + 3], events.Select(Position));
        Assert.All(events, e => Assert.Equal(order.Id(), e.GetProperty("orderId").GetInt64()));
        Assert.All(events, e => Assert.Equal(order.Text("orderNumber"), e.Text("orderNumber")));
        Assert.All(events, e => Assert.StartsWith($"00-{Trace}-", e.Text("traceParent"), StringComparison.Ordinal));
        Assert.Equal(order.Text("createdAt"), events[0].Text("occurredAt"));
        AssertJson(
            $$"""{"userId":{{_userId}},"totalPrice":2000,"paymentMethod":"BANK_TRANSFER","depositorName":"홍길동","payBy":"{{order.Text("payBy")}}"}""",
            events[0].GetProperty("data")
        );
        AssertJson(
            """{"from":"PENDING","to":"CONFIRMED","actor":"SYSTEM","reason":"paid by card","paymentId":9}""",
            events[1].GetProperty("data")
        );
        AssertJson(
            $$"""{"from":"CONFIRMED","to":"CANCELLED","actor":"CUSTOMER","userId":{{_userId}},"reason":"변심","paymentId":9}""",
            events[2].GetProperty("data")
        );
    }

    [Fact]
    public async Task It_is_read_in_pieces_again_and_again()
    {
        var start = await LastAsync();
        for (var i = 0; i < 5; i++)
        {
            await Shopper.PlaceAsync(_userId, _product);
        }

        var (first, last) = await ReadAsync(start, limit: 2);
        Assert.Equal([start + 1, start + 2], first.Select(Position));
        Assert.Equal(start + 2, last);
        Assert.Equal([start + 3, start + 4], (await ReadAsync(last, limit: 2)).Events.Select(Position));
        Assert.Equal([start + 1, start + 2], (await ReadAsync(start, limit: 2)).Events.Select(Position));
        Assert.Equal((0, start + 5), ((await ReadAsync(start + 5)).Events.Count, (await ReadAsync(start + 5)).Last));
        await _shop.Payments.GetAsync("/internal/orders/events?after=-1&limit=1001").InvalidAsync("after", "limit");
    }

    [Fact]
    public async Task An_event_that_was_written_first_and_committed_last_is_not_skipped()
    {
        var last = await LastAsync();
        await using var late = await BeginAsync("late");
        await Shopper.PlaceAsync(_userId, _product);

        var before = await ReadAsync(last);
        await late.CommitAsync();
        var after = await ReadAsync(before.Last);

        Assert.NotEqual("late", Assert.Single(before.Events).Text("orderNumber"));
        Assert.Equal("late", Assert.Single(after.Events).Text("orderNumber"));
        Assert.Equal(before.Last + 1, after.Last);
    }

    [Fact]
    public async Task An_event_that_was_rolled_back_leaves_no_gap()
    {
        var last = await LastAsync();
        await using (await BeginAsync("undone"))
        {
            await Shopper.PlaceAsync(_userId, _product);
        }

        await Shopper.PlaceAsync(_userId, _product);

        Assert.Equal([last + 1, last + 2], (await ReadAsync(last)).Events.Select(Position));
    }

    [Fact]
    public async Task Readers_at_once_all_see_the_same_while_much_is_written()
    {
        const int Writers = 8;
        const int Rounds = 6;
        var start = await LastAsync();
        await using var replica = _shop.CreateReplica();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var readers = Enumerable
            .Range(0, 4)
            .Select(i => (i % 2 == 0 ? _shop : replica).Payments)
            .Select(async payments =>
            {
                var seen = new List<string>();
                for (var last = start; seen.Count < Writers * Rounds; )
                {
                    timeout.Token.ThrowIfCancellationRequested();
                    (var events, last) = await ReadAsync(last, limit: 7, payments);
                    seen.AddRange(events.Select(e => $"{Position(e)} {e.Text("orderNumber")}"));
                }

                return seen;
            })
            .ToList();
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(async writer =>
                {
                    for (var round = 0; round < Rounds; round++)
                    {
                        // Written in one order, committed in another: each writer waits for a read or two in between.
                        await using var transaction = await BeginAsync($"{writer}-{round}");
                        for (var read = 0; read < (writer + round) % 3; read++)
                        {
                            await ReadAsync(start, limit: 1);
                        }

                        await transaction.CommitAsync();
                    }
                })
        );

        var all = await Task.WhenAll(readers);
        Assert.All(all, seen => Assert.Equal(all[0], seen));
        Assert.Equal(
            Enumerable.Range(1, Writers * Rounds).Select(i => start + i),
            all[0].Select(line => long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))
        );
        Assert.Equal(Writers * Rounds, all[0].Select(line => line.Split(' ')[1]).Distinct().Count());
    }

    /// <summary>A transaction that has written an event and is not committed yet.</summary>
    private async Task<OpenTransaction> BeginAsync(string orderNumber)
    {
        var transaction = new OpenTransaction(_shop);
        await transaction.WriteAsync(orderNumber);
        return transaction;
    }

    private sealed class OpenTransaction(QuietShop shop) : IAsyncDisposable
    {
        private readonly MySqlConnection _connection = new(shop.Settings["ConnectionStrings:orderdb"]);
        private MySqlTransaction? _transaction;

        public async Task WriteAsync(string orderNumber)
        {
            await _connection.OpenAsync();
            _transaction = await _connection.BeginTransactionAsync();
            await using var command = _connection.CreateCommand();
            command.Transaction = _transaction;
            command.CommandText =
                "INSERT INTO order_events (type, order_id, order_number, occurred_at, data) "
                + "VALUES ('ORDER_PLACED', 1, @number, UTC_TIMESTAMP(6), '{}')";
            command.Parameters.AddWithValue("@number", orderNumber);
            await command.ExecuteNonQueryAsync();
        }

        public Task CommitAsync() => _transaction!.CommitAsync();

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }

    private async Task<(List<JsonElement> Events, long Last)> ReadAsync(
        long after,
        int limit = 1000,
        HttpClient? payments = null
    )
    {
        var page = await (payments ?? _shop.Payments)
            .GetAsync($"/internal/orders/events?after={after}&limit={limit}")
            .JsonAsync();
        return ([.. page.GetProperty("events").EnumerateArray()], page.GetProperty("last").GetInt64());
    }

    private async Task<long> LastAsync() => (await ReadAsync(0)).Last;

    private static long Position(JsonElement e) => e.GetProperty("position").GetInt64();

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(
            JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(expected), actual),
            actual.GetRawText()
        );
}
