using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Deposits;

/// <summary>Deposits that can be undone for a while.</summary>
public sealed class UndoTests : IAsyncLifetime
{
    private readonly PaymentGraph _graph = new();

    private ShopOrders Orders => _graph.Orders;

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task It_completes_the_payment_at_once_and_the_order_later()
    {
        var order = Orders.Place();
        var before = DateTime.UtcNow;

        var shown = await DepositAsync(order).JsonAsync();

        Assert.Equal("COMPLETED", shown.GetProperty("status").GetString());
        var until = shown.GetProperty("undoUntil").GetDateTime();
        Assert.InRange(until, before.AddSeconds(10).AddMilliseconds(-1), DateTime.UtcNow.AddSeconds(10));
        Assert.Equal(OrderStatus.Pending, Orders[order.Id].Status);
        var owner = _graph.Shop.CreateClientFor(order.UserId);
        Assert.False(
            (await owner.GetAsync($"/api/payments/orders/{order.Id}").JsonAsync()).TryGetProperty("undoUntil", out _)
        );

        await LetTimePassAsync(order);

        await WaitForConfirmationAsync(order);
        await UndoAsync(order).ProblemAsync(HttpStatusCode.Conflict, "deposit_settled");
        var payment = await _graph.FindAsync(order.Id);
        Assert.Null(payment!.UndoUntil);
        Assert.Single(payment.History);
    }

    [Fact]
    public async Task Undone_it_is_as_if_it_had_not_come_but_for_the_audit()
    {
        var order = Orders.Place();
        await DepositAsync(order, depositorName: "잘못 본 이름").JsonAsync();

        var undone = await UndoAsync(order).JsonAsync();
        var again = await UndoAsync(order).JsonAsync();

        Assert.Equal("PENDING", undone.GetProperty("status").GetString());
        Assert.Equal("홍길동", undone.GetProperty("depositorName").GetString());
        Assert.False(undone.TryGetProperty("undoUntil", out _));
        Assert.Equal(undone.GetRawText(), again.GetRawText());
        Assert.Equal(
            [("PENDING", "COMPLETED", "ADMIN", 1_000_000), ("COMPLETED", "PENDING", "ADMIN", 1_000_000)],
            undone
                .GetProperty("history")
                .EnumerateArray()
                .Select(change =>
                    (
                        change.GetProperty("from").GetString()!,
                        change.GetProperty("to").GetString()!,
                        change.GetProperty("actor").GetString()!,
                        change.GetProperty("userId").GetInt64()
                    )
                )
        );
        await AssertNothingIsLeftToTellAsync();
        Assert.Equal(0, Orders.PaidCalls);

        // And it may come after all.
        await DepositAsync(order).JsonAsync();
        await LetTimePassAsync(order);
        await WaitForConfirmationAsync(order);
        Assert.Equal(1, Orders.PaidCalls);
    }

    [Fact]
    public async Task Said_again_the_time_stays_and_said_for_good_it_is_over()
    {
        var order = Orders.Place();
        var first = await DepositAsync(order).JsonAsync();

        var again = await DepositAsync(order).JsonAsync();
        Assert.Equal(first.GetProperty("undoUntil").GetDateTime(), again.GetProperty("undoUntil").GetDateTime());

        var forGood = await DepositAsync(order, undoable: false).JsonAsync();

        Assert.False(forGood.TryGetProperty("undoUntil", out _));
        Assert.Equal(OrderStatus.Confirmed, Orders[order.Id].Status);
        await UndoAsync(order).ProblemAsync(HttpStatusCode.Conflict, "deposit_settled");
        Assert.Equal(1, Orders.PaidCalls);
    }

    [Fact]
    public async Task A_message_that_comes_too_early_waits()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();

        await ExecuteAsync($"UPDATE outbox_messages SET next_attempt_at = '2000-01-01' WHERE status = 'PENDING'");
        await PaymentGraph.WaitAsync(
            async () => (await MessagesAsync()).Single() is { Attempts: 1, LastError: not null },
            () => "The message was not put back."
        );

        Assert.Equal(0, Orders.PaidCalls);
        await UndoAsync(order).JsonAsync();
        await AssertNothingIsLeftToTellAsync();
    }

    [Fact]
    public async Task Whoever_dies_on_the_way_to_order_svc_has_settled_it()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();
        // What is written down before order-svc is told.
        await ExecuteAsync($"UPDATE payments SET undo_until = NULL WHERE order_id = {order.Id}");

        await UndoAsync(order).ProblemAsync(HttpStatusCode.Conflict, "deposit_settled");

        await LetTimePassAsync(order);
        await WaitForConfirmationAsync(order);
    }

    [Fact]
    public async Task The_order_is_confirmed_though_everything_restarts_meanwhile()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();

        await _graph.RestartAsync();

        Assert.Equal(OrderStatus.Pending, Orders[order.Id].Status);
        await LetTimePassAsync(order);
        await WaitForConfirmationAsync(order);
    }

    [Fact]
    public async Task An_undo_and_the_telling_exclude_each_other()
    {
        _graph.AddReplica();
        var orders = Enumerable.Range(0, 24).Select(_ => Orders.Place()).ToList();
        await Task.WhenAll(orders.Select(order => DepositAsync(order).JsonAsync()));

        var end = DateTime.UtcNow.AddSeconds(0.5);
        await ExecuteAsync($"UPDATE payments SET undo_until = {end} WHERE undo_until IS NOT NULL");
        // Claimed before the end, as by a process whose clock is ahead, and after it.
        await ExecuteAsync(
            $"UPDATE outbox_messages SET next_attempt_at = {end.AddSeconds(-0.05)} WHERE status = 'PENDING'"
        );
        var undone = await Task.WhenAll(
            orders.Select(
                async (order, index) =>
                {
                    var moment = end.AddMilliseconds((index - 16) * 10) - DateTime.UtcNow;
                    await Task.Delay(moment > TimeSpan.Zero ? moment : TimeSpan.Zero);
                    using var answer = await UndoAsync(order);
                    Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
                    return answer.StatusCode == HttpStatusCode.OK;
                }
            )
        );
        await PaymentGraph.WaitAsync(
            async () => (await MessagesAsync()).TrueForAll(message => message.Status == OutboxStatus.Done),
            () => "Messages are left."
        );
        await _graph.ReadFeedToEndAsync();

        foreach (var (order, isUndone) in orders.Zip(undone))
        {
            var payment = await _graph.FindAsync(order.Id);
            Assert.Equal(isUndone ? PaymentStatus.Pending : PaymentStatus.Completed, payment!.Status);
            Assert.Equal(isUndone ? OrderStatus.Pending : OrderStatus.Confirmed, Orders[order.Id].Status);
        }

        Assert.Equal(undone.Count(isUndone => !isUndone), Orders.PaidCalls);
    }

    /// <summary>Null: the commit's answer is lost. Otherwise the commit itself comes late.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("FROM payments WHERE order_id")]
    public async Task Undone_once_it_is_answered_so_though_the_answer_to_its_commit_is_lost(string? until)
    {
        await using var way = LossyDatabase.InFrontOf(_graph.Shop.Settings["ConnectionStrings:paymentdb"]!);
        var replica = _graph.AddReplica(settings => settings["ConnectionStrings:paymentdb"] = way.ConnectionString);
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();
        if (until is null)
        {
            way.LoseAnswerTo("INSERT INTO payment_changes");
        }
        else
        {
            way.DelayPast("INSERT INTO payment_changes", until);
        }

        var undone = await replica
            .CreateAdminClient()
            .DeleteAsync($"/api/payments/orders/{order.Id}/deposit")
            .JsonAsync();

        Assert.Equal(1, way.Lost);
        Assert.Equal("PENDING", undone.GetProperty("status").GetString());
        Assert.Equal(2, undone.GetProperty("history").GetArrayLength());
        Assert.Equal(0, Orders.PaidCalls);
    }

    [Fact]
    public async Task The_money_is_not_given_back_meanwhile()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();
        var payment = (await _graph.FindAsync(order.Id))!;

        await _graph.RefundAsync(payment).ProblemAsync(HttpStatusCode.Conflict, "deposit_undoable");

        await LetTimePassAsync(order);
        await WaitForConfirmationAsync(order);
        await _graph.RefundAsync(payment).JsonAsync();
    }

    [Fact]
    public async Task An_order_svc_of_the_release_before_is_told_as_it_was()
    {
        Orders.IsOlder = true;
        var (undone, kept) = (Orders.Place(), Orders.Place());
        await DepositAsync(undone).JsonAsync();
        await DepositAsync(kept).JsonAsync();

        await UndoAsync(undone).JsonAsync();
        await LetTimePassAsync(kept);

        await WaitForConfirmationAsync(kept);
        await PaymentGraph.WaitAsync(
            async () => (await MessagesAsync()).TrueForAll(message => message.Status == OutboxStatus.Done),
            () => "Messages are left."
        );
    }

    [Fact]
    public async Task Undone_the_order_s_deadline_counts_again()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();
        Assert.NotNull(Orders[order.Id].DepositSeenAt);

        await UndoAsync(order).JsonAsync();

        Assert.Null(Orders[order.Id].DepositSeenAt);
    }

    [Fact]
    public async Task A_mistaken_deposit_of_an_order_that_is_cancelled_meanwhile_can_be_undone_and_nothing_goes_back()
    {
        var order = Orders.Place();
        await DepositAsync(order, depositorName: "잘못 본 이름").JsonAsync();
        Orders.Move(order.Id, OrderStatus.Cancelled, PaymentActor.Customer, order.UserId);
        await _graph.ReadFeedToEndAsync();
        Assert.Empty((await _graph.ReconcileAsync()).GetProperty("differences").EnumerateArray());

        var undone = await UndoAsync(order).JsonAsync();
        var again = await UndoAsync(order).JsonAsync();

        Assert.Equal("FAILED", undone.GetProperty("status").GetString());
        Assert.Equal("홍길동", undone.GetProperty("depositorName").GetString());
        Assert.Equal(undone.GetRawText(), again.GetRawText());
        Assert.Empty(undone.GetProperty("refunds").EnumerateArray());
        await AssertNothingIsLeftToTellAsync();
        Assert.Empty((await _graph.ReconcileAsync()).GetProperty("differences").EnumerateArray());
        await DepositAsync(order).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
    }

    [Fact]
    public async Task A_cancelled_order_s_money_is_to_be_transferred_back_once_it_cannot_be_undone()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();

        Orders.Move(order.Id, OrderStatus.Cancelled);
        await _graph.ReadFeedToEndAsync();
        await LetTimePassAsync(order);
        var payment = await _graph.WaitAsync(order.Id, PaymentStatus.Refunded);

        Assert.Equal(RefundStatus.ToTransfer, Assert.Single(payment.Refunds).Status);
        await UndoAsync(order).ProblemAsync(HttpStatusCode.Conflict, "deposit_settled");
    }

    [Fact]
    public async Task An_order_confirmed_otherwise_ends_it()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();

        Orders.Move(order.Id, OrderStatus.Confirmed);
        await _graph.WaitAsync(order.Id, payment => payment.UndoUntil is null);

        await UndoAsync(order).ProblemAsync(HttpStatusCode.Conflict, "deposit_settled");
        Assert.Equal(PaymentStatus.Completed, (await _graph.FindAsync(order.Id))!.Status);
    }

    [Fact]
    public async Task In_the_last_seconds_of_the_order_it_cannot_be_undone()
    {
        var order = Orders.Place(at: DateTime.UtcNow.AddDays(-3).AddSeconds(9));

        var shown = await DepositAsync(order).JsonAsync();

        Assert.False(shown.TryGetProperty("undoUntil", out _));
        Assert.Equal(OrderStatus.Confirmed, Orders[order.Id].Status);
    }

    [Fact]
    public async Task Reconciliation_knows_that_the_order_is_not_told_yet()
    {
        var order = Orders.Place(at: DateTime.UtcNow.AddMinutes(-1));
        await DepositAsync(order).JsonAsync();

        var report = await _graph.ReconcileAsync(from: DateTime.UtcNow.AddHours(-1));

        Assert.Empty(report.GetProperty("differences").EnumerateArray());
        var settling = Assert.Single(report.GetProperty("settling").EnumerateArray());
        Assert.Equal("PAID_NOT_CONFIRMED", settling.GetProperty("kind").GetString());
        Assert.Equal(order.OrderNumber, settling.GetProperty("orderNumber").GetString());
    }

    [Fact]
    public async Task Only_transfers_and_only_by_admins()
    {
        var order = Orders.Place();
        await DepositAsync(order).JsonAsync();
        var path = $"/api/payments/orders/{order.Id}/deposit";
        await _graph
            .Shop.CreateClientFor(order.UserId)
            .DeleteAsync(path)
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await _graph
            .Shop.CreateAnonymousClient()
            .DeleteAsync(path)
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        var card = await _graph.AddCardPaymentAsync();
        await UndoAsync(Orders[card.OrderId]).ProblemAsync(HttpStatusCode.Conflict, "not_a_transfer");
        await _graph
            .Admin.DeleteAsync("/api/payments/orders/987654321/deposit")
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private Task<HttpResponseMessage> DepositAsync(
        TestOrder order,
        bool undoable = true,
        string? depositorName = null
    ) =>
        _graph.Admin.PostAsJsonAsync(
            $"/api/payments/orders/{order.Id}/deposit",
            new { undoable, depositorName },
            JsonSerializerOptions.Web
        );

    private Task<HttpResponseMessage> UndoAsync(TestOrder order) =>
        _graph.Admin.DeleteAsync($"/api/payments/orders/{order.Id}/deposit");

    /// <summary>As if the time to undo it were over.</summary>
    private async Task LetTimePassAsync(TestOrder order)
    {
        await ExecuteAsync(
            $"UPDATE payments SET undo_until = '2000-01-01' WHERE order_id = {order.Id} AND undo_until IS NOT NULL"
        );
        await ExecuteAsync($"UPDATE outbox_messages SET next_attempt_at = '2000-01-01' WHERE status = 'PENDING'");
    }

    private Task WaitForConfirmationAsync(TestOrder order) =>
        PaymentGraph.WaitAsync(
            () => Task.FromResult(Orders[order.Id].Status == OrderStatus.Confirmed),
            () => $"Order {order.Id} is {Orders[order.Id].Status}."
        );

    private async Task AssertNothingIsLeftToTellAsync() =>
        Assert.All(await MessagesAsync(), message => Assert.Equal(OutboxStatus.Done, message.Status));

    private Task<List<OutboxMessage>> MessagesAsync() =>
        _graph.InDatabaseAsync(database => database.Set<OutboxMessage>().AsNoTracking().ToListAsync());

    private Task<int> ExecuteAsync(FormattableString sql) =>
        _graph.InDatabaseAsync(database => database.Database.ExecuteSqlAsync(sql));
}
