using System.Data;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.OrderService.Orders;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>What is not paid in time is cancelled once, by whichever replica, and its stock comes back once.</summary>
public sealed class DeadlineTests : IClassFixture<QuietShop>
{
    private static readonly DateTime s_seenAt = DateTime.UtcNow.Date;

    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public DeadlineTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    [Fact]
    public async Task Two_replicas_cancel_each_overdue_order_once()
    {
        var shopper = Shopper;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => shopper.PlaceAsync(_userId, _product)));
        await MakeOverdueAsync();
        await using var replica = _shop.CreateReplica();

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => i % 2 == 0 ? _shop.WorkAsync<DeadlineSweeper>() : replica.WorkAsync<DeadlineSweeper>())
        );
        // What was locked by one replica when the other came by is for the next round.
        await _shop.WorkAsync<DeadlineSweeper>();
        await Task.WhenAll(_shop.Outbox.DeliverDueAsync(), replica.Outbox.DeliverDueAsync());

        Assert.Equal(
            30,
            await _shop.QueryAsync(database =>
                database.Orders.CountAsync(o => o.UserId == _userId && o.Status == OrderStatus.Cancelled)
            )
        );
        Assert.Equal(
            30,
            await _shop.ScalarAsync<int>(
                $"SELECT COUNT(*) AS Value FROM order_status_changes c JOIN orders o ON o.id = c.order_id WHERE o.user_id = {_userId}"
            )
        );
        await _shop.AssertMovesAreToldAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(100, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Only_what_is_pending_and_overdue_and_not_held_is_cancelled()
    {
        var inTime = await Shopper.PlaceAsync(_userId, _product);
        var paid = await Shopper.PlaceAsync(_userId, _product);
        var held = await Shopper.PlaceAsync(_userId, _product);
        var overdue = await Shopper.PlaceAsync(_userId, _product);
        var transfer = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        await _shop.CreateAdminClient().MoveAsync(paid.Id(), "CONFIRMED").JsonAsync();
        await _shop.Payments.HoldAsync(held).JsonAsync();
        await MakeOverdueAsync(except: inTime.Id());

        await _shop.WorkAsync<DeadlineSweeper>();

        Assert.Equal(
            ["PENDING", "CONFIRMED", "PENDING", "CANCELLED", "CANCELLED"],
            await Task.WhenAll(new[] { inTime, paid, held, overdue, transfer }.Select(StatusAsync))
        );
        var move = Assert.Single((await ReadAsync(overdue)).GetProperty("history").EnumerateArray());
        Assert.Equal(
            ("PENDING", "CANCELLED", "SYSTEM", "not paid in time"),
            (move.Text("from"), move.Text("to"), move.Text("by"), move.Text("reason"))
        );

        // Once the charge has come to nothing, the deadline counts again.
        Assert.Equal(HttpStatusCode.NoContent, (await _shop.Payments.ReleaseAsync(held)).StatusCode);
        await _shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal("CANCELLED", await StatusAsync(held));
        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
    }

    [Fact]
    public async Task A_transfer_that_was_seen_in_time_is_confirmed_however_late_that_is_told()
    {
        var seen = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        var unseen = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("PENDING", (await SeeDepositAsync(seen).JsonAsync()).Text("status"));
        }

        await MakeOverdueAsync();
        // As after order-svc has been down across the deadline.
        await using var restarted = _shop.CreateReplica();
        await restarted.WorkAsync<DeadlineSweeper>();

        Assert.Equal(["PENDING", "CANCELLED"], await Task.WhenAll(StatusAsync(seen), StatusAsync(unseen)));
        await _shop.Payments.PayAsync(seen, paymentId: 7).JsonAsync();
        await _shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal("CONFIRMED", await StatusAsync(seen));
        await SeeDepositAsync(seen).JsonAsync();
        await SeeDepositAsync(unseen).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task A_deposit_that_had_not_come_after_all_keeps_nothing()
    {
        var order = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        await SeeDepositAsync(order).JsonAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await ForgetDepositAsync(order)).StatusCode);
        }

        await MakeOverdueAsync();
        await _shop.WorkAsync<DeadlineSweeper>();

        Assert.Equal("CANCELLED", await StatusAsync(order));
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task A_deposit_said_late_not_to_have_come_does_not_undo_the_next_one()
    {
        var order = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        await SeeDepositAsync(order).JsonAsync();
        await SeeDepositAsync(order, s_seenAt.AddMinutes(1)).JsonAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await ForgetDepositAsync(order)).StatusCode);

        await MakeOverdueAsync();
        await _shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal("PENDING", await StatusAsync(order));
        await _shop.Payments.PayAsync(order, paymentId: 7).JsonAsync();
    }

    [Fact]
    public async Task A_deposit_that_is_never_told_of_keeps_its_order_for_a_while_only()
    {
        var order = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
        await SeeDepositAsync(order).JsonAsync();
        await MakeOverdueAsync();
        await _shop.ExecuteAsync($"UPDATE orders SET deposit_seen_at = '2000-01-01' WHERE id = {order.Id()}");

        await _shop.WorkAsync<DeadlineSweeper>();

        Assert.Equal("CANCELLED", await StatusAsync(order));
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task Only_transfers_have_deposits()
    {
        var card = await Shopper.PlaceAsync(_userId, _product);

        await SeeDepositAsync(card).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
        foreach (var path in new[] { "deposit", "deposit/undo" })
        {
            await _shop
                .Payments.PostAsJsonAsync($"/internal/orders/nothing/{path}", new { seenAt = s_seenAt })
                .ProblemAsync(HttpStatusCode.NotFound, "not_found");
            await _shop
                .Payments.PostAsJsonAsync($"/internal/orders/{card.Text("orderNumber")}/{path}", new { })
                .InvalidAsync("seenAt");
        }
    }

    [Fact]
    public async Task Of_a_deposit_and_the_deadline_at_once_the_first_decides()
    {
        for (var round = 0; round < 8; round++)
        {
            var order = await Shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);
            await MakeOverdueAsync();

            var seen = SeeDepositAsync(order);
            await _shop.WorkAsync<DeadlineSweeper>();

            var isKept = (await seen).StatusCode == HttpStatusCode.OK;
            await _shop.WorkAsync<DeadlineSweeper>();
            Assert.Equal(isKept ? "PENDING" : "CANCELLED", await StatusAsync(order));
        }

        await _shop.SettleAsync();
    }

    [Fact]
    public async Task An_order_that_somebody_changes_just_now_is_not_waited_for()
    {
        var busy = await Shopper.PlaceAsync(_userId, _product);
        var other = await Shopper.PlaceAsync(_userId, _product);
        await MakeOverdueAsync();
        await _shop.QueryAsync(async database =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync();
            await database.Database.ExecuteSqlAsync(
                $"UPDATE orders SET email = 'a@example.com' WHERE id = {busy.Id()}"
            );
            await _shop.WorkAsync<DeadlineSweeper>();
            return 0;
        });

        Assert.Equal(["PENDING", "CANCELLED"], await Task.WhenAll(StatusAsync(busy), StatusAsync(other)));
        await _shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal("CANCELLED", await StatusAsync(busy));
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task After_an_outage_of_days_a_look_cancels_so_many_and_the_next_goes_on()
    {
        await using var shop = _shop.CreateReplica();
        shop.Settings["PaymentTerms:SweepAtMost"] = "150";
        await PlaceManyAsync(170);
        await MakeOverdueAsync();

        await shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal(20, await CountPendingAsync());

        await shop.WorkAsync<DeadlineSweeper>();
        Assert.Equal(0, await CountPendingAsync());
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task However_many_are_being_changed_just_now_a_look_ends_and_cancels_the_others()
    {
        await PlaceManyAsync(101);
        await MakeOverdueAsync();
        var last = await _shop.ScalarAsync<long>(
            $"SELECT CAST(MAX(id) AS SIGNED) AS Value FROM orders WHERE user_id = {_userId}"
        );
        await _shop.QueryAsync(async database =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            await database.Database.ExecuteSqlAsync(
                $"UPDATE orders SET email = 'a@example.com' WHERE user_id = {_userId} AND id < {last}"
            );
            await _shop.WorkAsync<DeadlineSweeper>().WaitAsync(TimeSpan.FromMinutes(1));
            return 0;
        });

        Assert.Equal(100, await CountPendingAsync());
        await _shop.WorkAsync<DeadlineSweeper>();
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task Of_the_deadline_a_hold_and_a_cancellation_one_wins()
    {
        await using var replica = _shop.CreateReplica();
        var (payments, shopper) = (_shop.Payments, Shopper);
        for (var round = 0; round < 12; round++)
        {
            var order = await shopper.PlaceAsync(_userId, _product);
            await _shop.ExecuteAsync(
                $"UPDATE orders SET pay_by = UTC_TIMESTAMP(6) + INTERVAL {round * 2} * 1000 MICROSECOND WHERE id = {order.Id()}"
            );

            var hold = payments.HoldAsync(order);
            var cancel = round % 3 == 0 ? shopper.CancelAsync(order.Id()) : null;
            await Task.WhenAll(_shop.WorkAsync<DeadlineSweeper>(), replica.WorkAsync<DeadlineSweeper>(), hold);

            var held = (await hold).StatusCode == HttpStatusCode.OK;
            if (cancel is not null && (await cancel).StatusCode == HttpStatusCode.Conflict)
            {
                var code = (await (await cancel).JsonAsync(HttpStatusCode.Conflict)).Text("code");
                Assert.Equal(held ? "payment_in_progress" : "illegal_status_change", code);
            }

            // Held and cancelled: never both.
            var status = await StatusAsync(order);
            Assert.True(!held || status == "PENDING", $"Round {round}: held {held}, {status}");
        }

        await _shop.ExecuteAsync($"UPDATE orders SET payment_hold = NULL WHERE user_id = {_userId}");
        await MakeOverdueAsync();
        await _shop.WorkAsync<DeadlineSweeper>();
        await _shop.SettleAsync();
        await _shop.AssertMovesAreToldAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.Equal(100, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Shops_set_the_terms()
    {
        await using var shop = _shop.CreateReplica();
        shop.Settings["PaymentTerms:Card"] = "00:05:00";
        shop.Settings["PaymentTerms:BankTransfer"] = "1.00:00:00";
        var shopper = shop.CreateClientFor(_userId);

        var card = await shopper.PlaceAsync(_userId, _product);
        var transfer = await shopper.PlaceAsync(Transfer()).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(
            [TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)],
            new[] { card, transfer }.Select(order =>
                order.GetProperty("payBy").GetDateTime() - order.GetProperty("createdAt").GetDateTime()
            )
        );
    }

    [Fact]
    public async Task Expired_orders_and_orders_by_status_are_measured()
    {
        await using var shop = _shop.CreateReplica();
        var meters = shop.Services.GetRequiredService<IMeterFactory>();
        using var expired = new MetricCollector<long>(meters, OrderMetrics.MeterName, "msashop.orders.expired");
        using var orders = new MetricCollector<long>(meters, OrderMetrics.MeterName, "msashop.orders");
        await Shopper.PlaceAsync(_userId, _product);
        await MakeOverdueAsync();

        await shop.WorkAsync<DeadlineSweeper>();
        await shop.WorkAsync<OrderCounting>();
        orders.RecordObservableInstruments();

        Assert.Equal("CARD", Assert.Single(expired.GetMeasurementSnapshot()).Tags["method"]);
        var counts = orders.GetMeasurementSnapshot().ToDictionary(m => (string)m.Tags["status"]!, m => m.Value);
        Assert.Equal(["CANCELLED", "CONFIRMED", "DELIVERED", "PENDING", "SHIPPING"], counts.Keys.Order());
        Assert.Equal(
            await _shop.QueryAsync(database => database.Orders.LongCountAsync(o => o.Status == OrderStatus.Cancelled)),
            counts["CANCELLED"]
        );
        await _shop.SettleAsync();
    }

    private async Task PlaceManyAsync(int count)
    {
        var (shopper, product) = (Shopper, _shop.Products.Add("Pencil", 1_000, stock: count));
        for (var number = 0; number < count; number++)
        {
            await shopper.PlaceAsync(_userId, product);
        }
    }

    private Task<long> CountPendingAsync() =>
        _shop.ScalarAsync<long>(
            $"SELECT COUNT(*) AS Value FROM orders WHERE user_id = {_userId} AND status = 'PENDING'"
        );

    private Task<HttpResponseMessage> SeeDepositAsync(JsonElement order, DateTime? seenAt = null) =>
        _shop.Payments.PostAsJsonAsync(
            $"/internal/orders/{order.Text("orderNumber")}/deposit",
            new { seenAt = seenAt ?? s_seenAt }
        );

    private Task<HttpResponseMessage> ForgetDepositAsync(JsonElement order) =>
        _shop.Payments.PostAsJsonAsync(
            $"/internal/orders/{order.Text("orderNumber")}/deposit/undo",
            new { seenAt = s_seenAt }
        );

    private object Transfer() =>
        new
        {
            userId = _userId,
            email = "orders@example.com",
            items = new[] { new { productId = _product, quantity = 1 } },
            paymentMethod = "BANK_TRANSFER",
        };

    private Task<int> MakeOverdueAsync(long except = 0) =>
        _shop.ExecuteAsync($"UPDATE orders SET pay_by = '2000-01-01' WHERE user_id = {_userId} AND id <> {except}");

    private Task<JsonElement> ReadAsync(JsonElement order) =>
        _shop.CreateAdminClient().GetAsync($"/api/orders/{order.Id()}").JsonAsync();

    private async Task<string> StatusAsync(JsonElement order) => (await ReadAsync(order)).Text("status");
}
