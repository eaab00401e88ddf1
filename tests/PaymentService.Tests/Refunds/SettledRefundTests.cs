using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;

namespace MsaShop.PaymentService.Tests.Refunds;

/// <summary>A refund that Toss refuses for good is made outside, by hand, and an admin says so.</summary>
public sealed class SettledRefundTests : IAsyncLifetime
{
    private const long FirstAdmin = 1_000_001;
    private const long SecondAdmin = 1_000_002;
    private const string Reason = "계좌로 보냄";

    private readonly PaymentGraph _graph = new();

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task Its_money_counts_as_gone_back_and_it_says_who_did_it_and_why()
    {
        var (payment, refund) = await RefuseAsync();

        var settled = await SettleAsync(refund).JsonAsync();

        Assert.Equal("COMPLETED", settled.GetProperty("status").GetString());
        Assert.Equal(FirstAdmin, settled.GetProperty("settledBy").GetInt64());
        Assert.Equal(Reason, settled.GetProperty("settledReason").GetString());
        Assert.InRange(settled.GetProperty("settledAt").GetDateTime(), payment.CreatedAt, DateTime.UtcNow);
        var stored = (await _graph.FindAsync(payment.OrderId))!;
        Assert.Equal((PaymentStatus.Refunded, 30_000m), (stored.Status, stored.RefundedAmount));
        Assert.Equal((FirstAdmin, Reason), (stored.History[^1].UserId!.Value, stored.History[^1].Reason));
        await _graph.RefundedAtTossAsync(payment);
        Assert.Empty(await RefusedAsync());
        // The shopper sees that it went back, and nothing of how.
        var seen = await _graph
            .Shop.CreateClientFor(payment.UserId)
            .GetAsync($"/api/payments/orders/{payment.OrderId}")
            .JsonAsync();
        Assert.False(seen.GetProperty("refunds")[0].TryGetProperty("settledBy", out _));
    }

    [Fact]
    public async Task Said_again_it_is_as_it_was_and_somebody_else_learns_who_was_first()
    {
        var (payment, refund) = await RefuseAsync();
        await SettleAsync(refund).JsonAsync();

        var again = await SettleAsync(refund, reason: "또").JsonAsync();
        var problem = await SettleAsync(refund, SecondAdmin)
            .ProblemAsync(HttpStatusCode.Conflict, "refund_already_settled");

        Assert.Equal(Reason, again.GetProperty("settledReason").GetString());
        Assert.Equal(FirstAdmin, problem.GetProperty("settledBy").GetInt64());
        Assert.Equal(30_000, (await _graph.FindAsync(payment.OrderId))!.RefundedAmount);
    }

    [Fact]
    public async Task Of_two_admins_at_once_one_has_done_it()
    {
        _graph.AddReplica();
        var (payment, refund) = await RefuseAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => SettleAsync(refund, i % 2 == 0 ? FirstAdmin : SecondAdmin))
        );

        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(30_000, (await _graph.FindAsync(payment.OrderId))!.RefundedAmount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("FROM payments WHERE id")]
    public async Task It_is_answered_as_done_though_the_answer_to_its_commit_is_lost_or_that_comes_late(string? until)
    {
        await using var way = LossyDatabase.InFrontOf(_graph.Shop.Settings["ConnectionStrings:paymentdb"]!);
        var replica = _graph.AddReplica(settings => settings["ConnectionStrings:paymentdb"] = way.ConnectionString);
        var (payment, refund) = await RefuseAsync();
        if (until is null)
        {
            way.LoseAnswerTo("UPDATE refunds");
        }
        else
        {
            way.DelayPast("UPDATE refunds", until);
        }

        var settled = await SettleAsync(refund, replica: replica).JsonAsync();

        Assert.Equal(1, way.Lost);
        Assert.Equal(FirstAdmin, settled.GetProperty("settledBy").GetInt64());
        Assert.Equal(30_000, (await _graph.FindAsync(payment.OrderId))!.RefundedAmount);
    }

    [Fact]
    public async Task Not_while_Toss_is_asked_again_and_not_when_Toss_has_done_it()
    {
        var (payment, refund) = await RefuseAsync();
        _graph.Orders.IsAway = true;
        await _graph.Admin.PostAsync($"/api/payments/refunds/{refund}/retry", null).JsonAsync(HttpStatusCode.Accepted);

        var problem = await SettleAsync(refund).ProblemAsync(HttpStatusCode.Conflict, "refund_in_progress");

        Assert.Equal(refund, problem.GetProperty("refundId").GetInt64());
        _graph.Orders.IsAway = false;
        await _graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        await SettleAsync(refund).ProblemAsync(HttpStatusCode.Conflict, "refund_not_refused");
        await _graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task Who_has_had_it_tried_again_is_kept()
    {
        var (_, refund) = await RefuseAsync();
        var before = DateTime.UtcNow;

        var tried = await _graph.Admin.PostAsync($"/api/payments/refunds/{refund}/retry", null).JsonAsync();

        Assert.Equal(1_000_000, tried.GetProperty("retriedBy").GetInt64());
        Assert.InRange(tried.GetProperty("retriedAt").GetDateTime(), before.AddMilliseconds(-1), DateTime.UtcNow);
        Assert.False(tried.TryGetProperty("settledBy", out _));
    }

    [Fact]
    public async Task Tried_again_after_that_it_is_as_it_was()
    {
        var (payment, refund) = await RefuseAsync();
        await SettleAsync(refund).JsonAsync();

        var tried = await _graph.Admin.PostAsync($"/api/payments/refunds/{refund}/retry", null).JsonAsync();

        Assert.Equal("COMPLETED", tried.GetProperty("status").GetString());
        await _graph.RefundedAtTossAsync(payment);
    }

    [Fact]
    public async Task A_part_is_settled_and_the_rest_goes_back_as_ever()
    {
        var payment = await _graph.AddCardPaymentAsync();
        await RefuseOnceAsync(payment);
        await _graph.RefundAsync(payment, 10_000).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");
        await SettleAsync(Assert.Single(await RefusedAsync())).JsonAsync();
        Assert.Equal(PaymentStatus.Completed, (await _graph.FindAsync(payment.OrderId))!.Status);

        // Toss has more left than the shop.
        await _graph.RefundAsync(payment).JsonAsync();

        await _graph.RefundedAtTossAsync(payment, 20_000);
        Assert.Equal(PaymentStatus.Refunded, (await _graph.FindAsync(payment.OrderId))!.Status);
    }

    [Fact]
    public async Task All_of_it_ends_the_order()
    {
        var payment = await _graph.AddCardPaymentAsync();
        await RefuseOnceAsync(payment);
        await _graph.RefundAsync(payment, 30_000).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");

        await SettleAsync(Assert.Single(await RefusedAsync())).JsonAsync();

        await PaymentGraph.WaitAsync(
            () => Task.FromResult(_graph.Orders[payment.OrderId].Status == OrderStatus.Cancelled),
            () => "The order has not ended."
        );
    }

    [Fact]
    public async Task Reconciliation_says_that_it_was_done_by_hand_and_nothing_else()
    {
        var (payment, refund) = await RefuseAsync();
        await SettleAsync(refund).JsonAsync();
        await _graph.ReadFeedToEndAsync();

        var difference = Assert.Single(await DifferencesAsync());

        Assert.Equal("REFUNDED_BY_HAND", difference.GetProperty("kind").GetString());
        Assert.Equal(payment.OrderNumber, difference.GetProperty("orderNumber").GetString());
    }

    /// <summary>Toss may carry out late what it has refused, or somebody does it in its console.</summary>
    [Fact]
    public async Task Should_Toss_give_it_back_as_well_the_shop_counts_it_once_and_says_so()
    {
        var (payment, refund) = await RefuseAsync();
        await SettleAsync(refund).JsonAsync();

        await _graph.RefundAtTossAsync(payment.PaymentKey!, 30_000, $"늦은 환불 [R{refund}]");
        await _graph.RecordRefundsAsync(payment);
        await _graph.RecordRefundsAsync(payment);

        Assert.Equal(30_000, (await _graph.FindAsync(payment.OrderId))!.RefundedAmount);
        var difference = Assert.Single(await DifferencesAsync());
        Assert.Equal("REFUNDED_AMOUNT_DIFFERS", difference.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task It_wants_a_reason_an_admin_and_a_refund_that_Toss_has_refused()
    {
        var (payment, refund) = await RefuseAsync();
        await SettleAsync(refund, reason: "").InvalidAsync("reason");
        await SettleAsync(refund, reason: "\u200b").InvalidAsync("reason");
        await SettleAsync(refund, reason: new string('x', 201)).InvalidAsync("reason");
        await SettleAsync(987_654_321).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _graph
            .Shop.CreateClientFor(payment.UserId)
            .PostAsJsonAsync($"/api/payments/refunds/{refund}/settled", new { reason = Reason })
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        var order = _graph.Orders.Place();
        _graph.Orders.Move(order.Id, OrderStatus.Confirmed);
        var transfer = await _graph.WaitAsync(order.Id, PaymentStatus.Completed);
        await _graph.RefundAsync(transfer, 10_000).JsonAsync();
        var toTransfer = Assert.Single((await _graph.FindAsync(order.Id))!.Refunds).Id;
        await SettleAsync(toTransfer).ProblemAsync(HttpStatusCode.Conflict, "refund_not_refused");

        await _graph.RefundAsync(payment).JsonAsync();
        await SettleAsync(refund).ProblemAsync(HttpStatusCode.Conflict, "not_refundable");
    }

    /// <summary>A cancelled order's payment, whose refund Toss has refused once.</summary>
    private async Task<(Payment Payment, long RefundId)> RefuseAsync()
    {
        var payment = await _graph.AddCardPaymentAsync();
        await RefuseOnceAsync(payment);
        _graph.Orders.Move(payment.OrderId, OrderStatus.Cancelled, PaymentActor.Customer, payment.UserId);
        await _graph.WaitAsync(payment.OrderId, p => p.Refunds.Exists(refund => refund.Status == RefundStatus.Failed));
        return (payment, Assert.Single(await RefusedAsync()));
    }

    private async Task RefuseOnceAsync(Payment payment) =>
        await _graph.Toss.AddFaultAsync(
            FaultKind.ErrorOnce,
            Operation.Cancel,
            paymentKey: payment.PaymentKey,
            code: "REFUND_REJECTED"
        );

    private async Task<List<long>> RefusedAsync() =>
        [
            .. (await _graph.Admin.GetAsync("/api/payments/refunds?refused=true").JsonAsync())
                .GetProperty("items")
                .EnumerateArray()
                .Select(refund => refund.GetProperty("id").GetInt64()),
        ];

    private async Task<List<JsonElement>> DifferencesAsync() =>
        [.. (await _graph.ReconcileAsync()).GetProperty("differences").EnumerateArray()];

    private Task<HttpResponseMessage> SettleAsync(
        long refundId,
        long admin = FirstAdmin,
        string reason = Reason,
        Replica? replica = null
    ) =>
        (replica ?? _graph.Shop)
            .CreateAdminClient(admin)
            .PostAsJsonAsync($"/api/payments/refunds/{refundId}/settled", new { reason });
}
