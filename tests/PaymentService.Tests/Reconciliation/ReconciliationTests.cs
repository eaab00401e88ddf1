using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Reconciliation;

/// <summary>Each test has books of its own, for every difference in them counts.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private static readonly DateTime s_anHourAgo = new(
        DateTime.UtcNow.AddHours(-1).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
        DateTimeKind.Utc
    );

    private readonly PaymentGraph _graph = new();

    private ShopOrders Orders => _graph.Orders;

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task When_all_is_well_nothing_differs()
    {
        await _graph.AddCardPaymentAsync(10_000);
        var refunded = await _graph.AddCardPaymentAsync(20_000);
        await _graph.RefundAsync(refunded, 5_000).JsonAsync();
        var cancelled = await _graph.AddCardPaymentAsync(40_000);
        Orders.Move(cancelled.OrderId, OrderStatus.Cancelled);
        await _graph.WaitAsync(cancelled.OrderId, PaymentStatus.Refunded);
        var transfer = Orders.Place(price: 7_000);
        Orders.Move(transfer.Id, OrderStatus.Confirmed);
        await _graph.WaitAsync(transfer.Id, PaymentStatus.Completed);
        Orders.Move(transfer.Id, OrderStatus.Shipping);
        Orders.Place(PaymentMethod.Card);
        var unpaid = Orders.Place();
        Orders.Move(unpaid.Id, OrderStatus.Cancelled);
        await _graph.ReadFeedToEndAsync();

        var report = await _graph.ReconcileAsync();

        Assert.Empty(report.GetProperty("differences").EnumerateArray());
        Assert.Empty(report.GetProperty("settling").EnumerateArray());
        Assert.Empty(report.GetProperty("counts").EnumerateObject());
        Assert.False(report.GetProperty("isTruncated").GetBoolean());
        Assert.Equal((3, 37_000), (Number(report, "orders", "paid"), Number(report, "orders", "paidAmount")));
        Assert.Equal((4, 77_000), (Number(report, "payments", "count"), Number(report, "payments", "amount")));
        Assert.Equal((3, 70_000), (Number(report, "toss", "count"), Number(report, "toss", "amount")));
        Assert.Equal(45_000, Number(report, "payments", "refundedAmount"));
        Assert.Equal(45_000, Number(report, "toss", "refundedAmount"));
        Assert.Equal(0, RunCommand("--grace=0"));
    }

    [Fact]
    public async Task A_confirmed_order_without_money_is_found()
    {
        var card = Orders.Place(PaymentMethod.Card, at: s_anHourAgo);
        Orders.Move(card.Id, OrderStatus.Confirmed, at: s_anHourAgo);

        await FindsAsync("ORDER_WITHOUT_PAYMENT", card.OrderNumber);
    }

    [Fact]
    public async Task What_was_confirmed_by_hand_is_listed_with_its_reason()
    {
        var card = Orders.Place(PaymentMethod.Card, at: s_anHourAgo);
        Orders.Move(card.Id, OrderStatus.Confirmed, at: s_anHourAgo, byHand: "paid in the shop");

        var difference = await FindsAsync("CONFIRMED_BY_HAND", card.OrderNumber);

        Assert.Equal("paid in the shop", difference.GetProperty("order").GetProperty("byHand").GetString());
    }

    [Fact]
    public async Task Money_that_went_back_of_an_order_that_may_be_shipped_is_found()
    {
        var order = Orders.Place(at: s_anHourAgo, tell: false);
        Orders.Move(order.Id, OrderStatus.Confirmed, at: s_anHourAgo, tell: false);
        await _graph.AddPaymentAsync(order, PaymentStatus.Refunded, refunded: 30_000);

        await FindsAsync("REFUNDED_NOT_CANCELLED", order.OrderNumber);
    }

    [Fact]
    public async Task A_payment_without_an_order_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo);
        await _graph.ReadFeedToEndAsync();
        Orders.Remove(payment.OrderId);

        await FindsAsync("PAYMENT_WITHOUT_ORDER", payment.OrderNumber);
    }

    [Fact]
    public async Task Another_amount_than_the_order_s_is_found()
    {
        var order = Orders.Place(price: 10_000, at: s_anHourAgo);
        await _graph.ReadFeedToEndAsync();
        await _graph.InDatabaseAsync(database =>
            database
                .Payments.Where(payment => payment.OrderId == order.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(p => p.Amount, 9_999).SetProperty(p => p.UpdatedAt, s_anHourAgo)
                )
        );

        await FindsAsync("AMOUNT_DIFFERS", order.OrderNumber);
    }

    [Fact]
    public async Task Money_for_an_order_that_still_waits_for_it_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo, confirmed: false);

        await FindsAsync("PAID_NOT_CONFIRMED", payment.OrderNumber);
    }

    [Fact]
    public async Task Money_for_a_cancelled_order_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo);
        Orders.Move(payment.OrderId, OrderStatus.Cancelled, tell: false, at: s_anHourAgo);

        await FindsAsync("PAID_BUT_CANCELLED", payment.OrderNumber);
    }

    [Fact]
    public async Task A_charge_whose_outcome_nobody_learned_is_found()
    {
        var order = Orders.Place(PaymentMethod.Card, at: s_anHourAgo);
        var key = await _graph.Toss.AuthorizeAsync(order.OrderNumber, order.TotalPrice);
        var payment = await _graph.AddPaymentAsync(order, PaymentStatus.Pending, key);
        await _graph.InDatabaseAsync(database =>
        {
            database.CardAttempts.Add(
                new CardAttempt
                {
                    PaymentId = payment.Id,
                    OrderNumber = order.OrderNumber,
                    PaymentKey = key,
                    Amount = order.TotalPrice,
                    CreatedAt = s_anHourAgo,
                    UpdatedAt = DateTime.UtcNow,
                }
            );
            return database.SaveChangesAsync();
        });

        await FindsAsync("PAYMENT_UNSETTLED", order.OrderNumber);
    }

    [Fact]
    public async Task A_refund_whose_outcome_nobody_learned_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo);
        await _graph.InDatabaseAsync(database =>
        {
            database.Refunds.Add(
                new Refund
                {
                    PaymentId = payment.Id,
                    Amount = 1_000,
                    Reason = "lost",
                    Actor = PaymentActor.Admin,
                    CreatedAt = s_anHourAgo,
                    UpdatedAt = DateTime.UtcNow,
                }
            );
            return database.SaveChangesAsync();
        });

        await FindsAsync("REFUND_UNSETTLED", payment.OrderNumber);
    }

    [Fact]
    public async Task A_payment_of_which_Toss_knows_nothing_is_found()
    {
        var order = Orders.Place(PaymentMethod.Card, at: s_anHourAgo);
        await _graph.AddPaymentAsync(order, PaymentStatus.Completed, "tgen_of_nobody");
        Orders.Move(order.Id, OrderStatus.Confirmed, at: s_anHourAgo);

        await FindsAsync("PAYMENT_WITHOUT_CHARGE", order.OrderNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_charge_of_which_the_shop_knows_nothing_is_found(bool failed)
    {
        var order = Orders.Place(PaymentMethod.Card, at: s_anHourAgo);
        var key = await _graph.ChargeAsync(order.OrderNumber, order.TotalPrice);
        if (failed)
        {
            await _graph.AddPaymentAsync(order, PaymentStatus.Failed, key);
        }

        // Toss has charged it just now.
        await FindsAsync("CHARGE_WITHOUT_PAYMENT", order.OrderNumber, grace: 0);
    }

    [Fact]
    public async Task Another_amount_charged_is_found()
    {
        var order = Orders.Place(PaymentMethod.Card, price: 30_000, at: s_anHourAgo);
        var key = await _graph.ChargeAsync(order.OrderNumber, 29_000);
        await _graph.AddPaymentAsync(order, PaymentStatus.Completed, key);
        Orders.Move(order.Id, OrderStatus.Confirmed, at: s_anHourAgo);

        await FindsAsync("CHARGED_AMOUNT_DIFFERS", order.OrderNumber, grace: 0);
    }

    [Fact]
    public async Task Another_amount_given_back_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo);
        await _graph.RefundAtTossAsync(payment.PaymentKey!, 5_000);

        await FindsAsync("REFUNDED_AMOUNT_DIFFERS", payment.OrderNumber, grace: 0);
    }

    [Fact]
    public async Task A_refund_of_an_order_from_before_is_found()
    {
        var payment = await _graph.AddCardPaymentAsync(at: s_anHourAgo.AddDays(-3));
        await _graph.RefundAtTossAsync(payment.PaymentKey!, 5_000);

        await FindsAsync("REFUNDED_AMOUNT_DIFFERS", payment.OrderNumber, grace: 0);
    }

    [Fact]
    public async Task What_changed_a_moment_ago_is_listed_apart()
    {
        var payment = await _graph.AddCardPaymentAsync(confirmed: false);

        var report = await _graph.ReconcileAsync(grace: 3600);

        Assert.Empty(report.GetProperty("differences").EnumerateArray());
        var settling = Assert.Single(report.GetProperty("settling").EnumerateArray());
        Assert.Equal("PAID_NOT_CONFIRMED", settling.GetProperty("kind").GetString());
        Assert.Equal(payment.OrderNumber, settling.GetProperty("orderNumber").GetString());
        Assert.Equal(0, RunCommand("--grace=3600"));
        Assert.Equal(3, RunCommand("--grace=0"));
    }

    [Fact]
    public async Task Many_pages_are_compared_as_one()
    {
        for (var i = 0; i < 250; i++)
        {
            Orders.Place(at: s_anHourAgo);
        }

        await _graph.AddCardPaymentAsync(at: s_anHourAgo, confirmed: false);
        await _graph.ReadFeedToEndAsync();

        var report = await _graph.ReconcileAsync();

        Assert.Equal(252, Number(report, "orders", "count"));
        Assert.Single(report.GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task Nothing_is_said_while_a_side_does_not_answer()
    {
        await _graph.AddCardPaymentAsync();
        Orders.IsAway = true;
        await _graph
            .Admin.GetAsync("/api/payments/reconciliation")
            .ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Orders.IsAway = false;
        await _graph.Toss.StopAsync();
        await _graph
            .Admin.GetAsync("/api/payments/reconciliation")
            .ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.Equal(1, RunCommand());
        await _graph.Toss.StartAgainAsync();
    }

    [Fact]
    public async Task The_period_is_checked()
    {
        await _graph.Admin.GetAsync("/api/payments/reconciliation?from=2026-02-02&to=2026-02-01").InvalidAsync("from");
        await _graph.Admin.GetAsync("/api/payments/reconciliation?from=2026-01-01&to=2026-02-02").InvalidAsync("from");
        await _graph.Admin.GetAsync("/api/payments/reconciliation?to=0001-01-01").InvalidAsync("from");
        await _graph.Admin.GetAsync("/api/payments/reconciliation?grace=-1").InvalidAsync("grace");
        Assert.Equal(2, RunCommand("--from=yesterday"));
        Assert.Equal(2, RunCommand("--grace=long"));
    }

    /// <summary>Finds exactly this, with what each side has, by the API and the command alike.</summary>
    private async Task<JsonElement> FindsAsync(string kind, string orderNumber, int grace = 60)
    {
        await _graph.ReadFeedToEndAsync();
        var report = await _graph.ReconcileAsync(grace);

        var found = report
            .GetProperty("differences")
            .EnumerateArray()
            .Select(difference =>
                $"{difference.GetProperty("kind").GetString()} {difference.GetProperty("orderNumber").GetString()}"
            );
        Assert.Equal([$"{kind} {orderNumber}"], found);
        Assert.Equal(1, report.GetProperty("counts").GetProperty(kind).GetInt32());
        Assert.Equal(3, RunCommand($"--grace={grace}"));
        return report.GetProperty("differences")[0];
    }

    private int RunCommand(params string[] arguments)
    {
        var main = typeof(Program).Assembly.EntryPoint!;
        string[] all =
        [
            "reconcile",
            .. arguments,
            "--environment=Development",
            .. _graph.Shop.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [all], CultureInfo.InvariantCulture)!;
    }

    private static long Number(JsonElement report, string side, string member) =>
        report.GetProperty(side).GetProperty(member).GetInt64();
}
