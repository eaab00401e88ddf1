using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;

namespace MsaShop.PaymentService.Tests.Refunds;

public sealed class RefundTests(PaymentGraph graph) : IClassFixture<PaymentGraph>, IDisposable
{
    private ShopOrders Orders => graph.Orders;

    public void Dispose() => (Orders.IsAway, Orders.IsOlder) = (false, false);

    [Fact]
    public async Task All_of_a_card_payment_goes_back()
    {
        var payment = await graph.AddCardPaymentAsync();

        var shown = await graph.RefundAsync(payment).JsonAsync();

        Assert.Equal("REFUNDED", shown.GetProperty("status").GetString());
        Assert.Equal(30_000, shown.GetProperty("refundedAmount").GetInt64());
        var refund = Assert.Single(shown.GetProperty("refunds").EnumerateArray());
        Assert.Equal("COMPLETED", refund.GetProperty("status").GetString());
        Assert.Equal("변심", refund.GetProperty("reason").GetString());
        Assert.Equal("ADMIN", refund.GetProperty("actor").GetString());
        Assert.NotEmpty(refund.GetProperty("transactionKey").GetString()!);
        await graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task Before_all_of_it_goes_back_the_order_is_ended_so_that_it_is_not_shipped()
    {
        var payment = await graph.AddCardPaymentAsync();
        Orders.IsAway = true;

        await graph.RefundAsync(payment).JsonAsync(HttpStatusCode.Accepted);

        await graph.RefundedAtTossAsync(payment);
        Orders.IsAway = false;
        await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        Assert.Equal(OrderStatus.Cancelled, Orders[payment.OrderId].Status);
        await graph.ReadFeedToEndAsync();
        await graph.RefundedAtTossAsync(payment, 30_000);
        Assert.Single((await graph.FindAsync(payment.OrderId))!.Refunds);
    }

    [Fact]
    public async Task An_order_that_has_been_shipped_stays_so_when_all_of_it_goes_back()
    {
        var payment = await graph.AddCardPaymentAsync();
        Orders.Move(payment.OrderId, OrderStatus.Shipping);

        await graph.RefundAsync(payment).JsonAsync();

        Assert.Equal(OrderStatus.Shipping, Orders[payment.OrderId].Status);
        await graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task The_last_part_ends_the_order_and_none_before_it()
    {
        var payment = await graph.AddCardPaymentAsync();

        await graph.RefundAsync(payment, 10_000).JsonAsync();
        Assert.Equal(OrderStatus.Confirmed, Orders[payment.OrderId].Status);
        await graph.RefundAsync(payment, 20_000, "마지막 부분").JsonAsync();

        Assert.Equal(OrderStatus.Cancelled, Orders[payment.OrderId].Status);
        await graph.RefundedAtTossAsync(payment, 10_000, 20_000);
    }

    [Fact]
    public async Task A_transfer_s_order_is_ended_before_all_of_it_is_to_be_transferred_back()
    {
        var order = Orders.Place();
        Orders.Move(order.Id, OrderStatus.Confirmed);
        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Completed);
        Orders.IsAway = true;

        await graph.RefundAsync(payment).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(PaymentStatus.Completed, (await graph.FindAsync(order.Id))!.Status);
        await graph.RefundAsync(payment, 1).ProblemAsync(HttpStatusCode.Conflict, "refund_in_progress");

        Orders.IsAway = false;
        var refunded = await graph.WaitAsync(order.Id, PaymentStatus.Refunded);
        Assert.Equal(OrderStatus.Cancelled, Orders[order.Id].Status);
        Assert.Equal(RefundStatus.ToTransfer, Assert.Single(refunded.Refunds).Status);
        await graph.ReadFeedToEndAsync();
        Assert.Single((await graph.FindAsync(order.Id))!.Refunds);
    }

    [Fact]
    public async Task All_of_it_refunded_at_Toss_ends_the_order_too()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.RefundAtTossAsync(payment.PaymentKey!, 30_000);

        await graph.RecordRefundsAsync(payment);

        await PaymentGraph.WaitAsync(
            () => Task.FromResult(Orders[payment.OrderId].Status == OrderStatus.Cancelled),
            () => $"The order is {Orders[payment.OrderId].Status}."
        );
        await graph.ReadFeedToEndAsync();
        Assert.Single((await graph.FindAsync(payment.OrderId))!.Refunds);
    }

    [Fact]
    public async Task An_order_svc_that_cannot_end_the_order_yet_is_waited_for()
    {
        var payment = await graph.AddCardPaymentAsync();
        Orders.IsOlder = true;

        await graph.RefundAsync(payment).JsonAsync(HttpStatusCode.Accepted);

        await graph.RefundedAtTossAsync(payment);
        Orders.IsOlder = false;
        await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        Assert.Equal(OrderStatus.Cancelled, Orders[payment.OrderId].Status);
    }

    [Fact]
    public async Task The_money_of_an_order_that_is_gone_can_go_back()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.ReadFeedToEndAsync();
        Orders.Remove(payment.OrderId);

        await graph.RefundAsync(payment).JsonAsync();

        await graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task Parts_of_it_go_back_until_nothing_is_left()
    {
        var payment = await graph.AddCardPaymentAsync();

        var first = await graph.RefundAsync(payment, 10_000).JsonAsync();
        Assert.Equal("COMPLETED", first.GetProperty("status").GetString());
        Assert.Equal(10_000, first.GetProperty("refundedAmount").GetInt64());
        var tooMuch = await graph
            .RefundAsync(payment, 20_001)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_too_large");
        Assert.Equal(20_000, tooMuch.GetProperty("refundable").GetInt64());
        await graph.RefundAsync(payment).JsonAsync();
        await graph.RefundAsync(payment).ProblemAsync(HttpStatusCode.Conflict, "not_refundable");

        await graph.RefundedAtTossAsync(payment, 10_000, 20_000);
        Assert.Equal(PaymentStatus.Refunded, (await graph.FindAsync(payment.OrderId))!.Status);
    }

    [Fact]
    public async Task What_is_asked_for_is_checked()
    {
        var payment = await graph.AddCardPaymentAsync();

        await graph.RefundAsync(payment, 0, "").InvalidAsync("amount", "reason");
        await graph.RefundAsync(payment, reason: new string('x', 201)).InvalidAsync("reason");
        await graph.RefundAsync(payment, key: new string('k', 256)).InvalidAsync("Idempotency-Key");
        await graph
            .Admin.PostAsync($"/api/payments/{payment.Id}/refund", null)
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
        var unpaid = await graph.AddPaymentAsync(Orders.Place(PaymentMethod.Card), PaymentStatus.Failed, "key-failed");
        await graph.RefundAsync(unpaid).ProblemAsync(HttpStatusCode.Conflict, "not_refundable");
        await graph.Admin.GetAsync("/api/payments/refunds?status=GONE&paymentId=0").InvalidAsync("status", "paymentId");
    }

    [Theory]
    [InlineData("POST", "/api/payments/1/refund")]
    [InlineData("GET", "/api/payments/refunds")]
    [InlineData("POST", "/api/payments/refunds/1/transferred")]
    [InlineData("POST", "/api/payments/refunds/1/retry")]
    [InlineData("GET", "/api/payments/reconciliation")]
    public async Task Only_admins_may(string method, string path)
    {
        var request = () => new HttpRequestMessage(new HttpMethod(method), path);

        await graph.Shop.CreateClientFor(5).SendAsync(request()).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await graph
            .Shop.CreateAnonymousClient()
            .SendAsync(request())
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task The_owner_sees_how_much_went_back_and_no_more()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.RefundAsync(payment, 10_000, "재고 파손, 고객 민원").JsonAsync();

        var shown = await graph
            .Shop.CreateClientFor(payment.UserId)
            .GetAsync($"/api/payments/orders/{payment.OrderId}")
            .JsonAsync();

        var refund = Assert.Single(shown.GetProperty("refunds").EnumerateArray());
        Assert.Equal(10_000, refund.GetProperty("amount").GetInt64());
        Assert.Equal("COMPLETED", refund.GetProperty("status").GetString());
        Assert.False(refund.TryGetProperty("reason", out _));
        Assert.False(refund.TryGetProperty("userId", out _));
        Assert.False(shown.TryGetProperty("history", out _));
    }

    [Fact]
    public async Task The_same_key_refunds_once()
    {
        var payment = await graph.AddCardPaymentAsync();

        await graph.RefundAsync(payment, 10_000, key: "k1").JsonAsync();
        var again = await graph.RefundAsync(payment, 10_000, key: "k1");
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        await again.JsonAsync();
        await graph
            .RefundAsync(payment, 10_001, key: "k1")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await graph
            .RefundAsync(payment, key: "k1")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");

        await graph.RefundedAtTossAsync(payment, 10_000);
    }

    [Fact]
    public async Task The_same_key_in_parallel_refunds_once()
    {
        graph.AddReplica();
        var payment = await graph.AddCardPaymentAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => graph.RefundAsync(payment, 10_000, key: "same"))
        );

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 10_000);
        await graph.RefundedAtTossAsync(payment, 10_000);
    }

    [Fact]
    public async Task Parts_that_race_never_give_back_more_than_has_come()
    {
        graph.AddReplica();
        var payment = await graph.AddCardPaymentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => graph.RefundAsync(payment, 8_000)));

        var settled = await graph.WaitAsync(
            payment.OrderId,
            p => p.Refunds.TrueForAll(refund => refund.Status == RefundStatus.Completed)
        );
        var made = await graph.ListRefundsAtTossAsync(payment);
        Assert.Equal(answers.Count(answer => answer.IsSuccessStatusCode), made.Length);
        Assert.InRange(made.Sum(), 8_000, 24_000);
        Assert.Equal(made.Sum(), settled.RefundedAmount);
        Assert.All(
            answers.Where(answer => !answer.IsSuccessStatusCode),
            answer => Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
        );
    }

    [Theory]
    [InlineData(FaultKind.DropResponseAfterApprove, null)]
    [InlineData(FaultKind.DropResponseBeforeApprove, null)]
    [InlineData(FaultKind.ErrorAfterApprove, null)]
    [InlineData(FaultKind.ErrorOnce, null)]
    [InlineData(FaultKind.ErrorOnce, "PROVIDER_ERROR")]
    [InlineData(FaultKind.ErrorOnce, "UNAUTHORIZED_KEY")]
    [InlineData(FaultKind.Conflict, null)]
    [InlineData(FaultKind.Slow, null)]
    [InlineData(FaultKind.SlowAfterApprove, null)]
    public async Task Whatever_happens_to_Toss_s_answer_it_goes_back_once(FaultKind fault, string? code)
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.Toss.AddFaultAsync(
            fault,
            Operation.Cancel,
            paymentKey: payment.PaymentKey,
            seconds: 1.5,
            code: code
        );

        var answer = await graph.RefundAsync(payment, 12_000);

        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{answer.StatusCode}");
        var settled = await graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 12_000);
        Assert.Equal(RefundStatus.Completed, Assert.Single(settled.Refunds).Status);
        await graph.RefundedAtTossAsync(payment, 12_000);
    }

    [Fact]
    public async Task An_answer_lost_and_the_lookup_too_is_found_out_later()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.Toss.AddFaultAsync(FaultKind.ErrorAfterApprove, Operation.Cancel, paymentKey: payment.PaymentKey);
        await graph.Toss.AddFaultAsync(FaultKind.ErrorOnce, Operation.Lookup, paymentKey: payment.PaymentKey, count: 2);

        var shown = await graph.RefundAsync(payment, 12_000).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(
            "PENDING",
            Assert.Single(shown.GetProperty("refunds").EnumerateArray()).GetProperty("status").GetString()
        );
        await graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 12_000);
        await graph.RefundedAtTossAsync(payment, 12_000);
    }

    [Fact]
    public async Task A_refund_that_Toss_refuses_has_failed_and_another_may_succeed()
    {
        var payment = await graph.AddCardPaymentAsync(partialCancelable: false);

        var problem = await graph
            .RefundAsync(payment, 10_000, key: "part")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");
        Assert.Equal("NOT_ALLOWED_PARTIAL_REFUND", problem.GetProperty("tossCode").GetString());
        Assert.NotEmpty(problem.GetProperty("tossMessage").GetString()!);
        await graph
            .RefundAsync(payment, 10_000, key: "part")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");
        await graph.RefundAsync(payment).JsonAsync();

        await graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task While_one_is_under_way_there_is_no_other_and_it_survives_the_end_of_the_process()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.Toss.StopAsync();

        await graph.RefundAsync(payment, 10_000).JsonAsync(HttpStatusCode.Accepted);
        await graph.RefundAsync(payment, 1).ProblemAsync(HttpStatusCode.Conflict, "refund_in_progress");
        await graph.RestartAsync(() => graph.Toss.StartAgainAsync());

        await graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 10_000);
        await graph.RefundedAtTossAsync(payment, 10_000);
    }

    [Fact]
    public async Task A_cancelled_order_s_money_goes_back_by_itself()
    {
        var payment = await graph.AddCardPaymentAsync();
        Orders.Move(payment.OrderId, OrderStatus.Cancelled, PaymentActor.Customer, payment.UserId, "색이 달라요");
        // However often it is told.
        Orders.Move(payment.OrderId, OrderStatus.Cancelled, PaymentActor.Customer, payment.UserId, "색이 달라요");

        var refunded = await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        await graph.ReadFeedToEndAsync();

        var refund = Assert.Single(refunded.Refunds);
        Assert.Equal(
            (PaymentActor.Customer, payment.UserId, "색이 달라요"),
            (refund.Actor, refund.UserId!.Value, refund.Reason)
        );
        await graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task An_order_cancelled_during_a_partial_refund_gets_the_rest_back_too()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.Toss.StopAsync();
        await graph.RefundAsync(payment, 10_000).JsonAsync(HttpStatusCode.Accepted);
        Orders.Move(payment.OrderId, OrderStatus.Cancelled);
        await graph.ReadFeedToEndAsync();
        await graph.Toss.StartAgainAsync();

        await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);

        await graph.RefundedAtTossAsync(payment, 10_000, 20_000);
    }

    [Fact]
    public async Task A_refund_made_at_Toss_is_written_down_once()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.RefundAtTossAsync(payment.PaymentKey!, 5_000);

        await graph.RecordRefundsAsync(payment);
        await graph.RecordRefundsAsync(payment);

        var recorded = await graph.FindAsync(payment.OrderId);
        Assert.Equal(5_000, recorded!.RefundedAmount);
        var refund = Assert.Single(recorded.Refunds);
        Assert.Equal((RefundStatus.Completed, PaymentActor.System), (refund.Status, refund.Actor));
        await graph.RefundAsync(payment).JsonAsync();
        await graph.RefundedAtTossAsync(payment, 5_000, 25_000);
    }

    [Fact]
    public async Task A_refund_made_at_Toss_of_which_nobody_told_is_noticed_by_the_next_one()
    {
        var payment = await graph.AddCardPaymentAsync();
        await graph.RefundAtTossAsync(payment.PaymentKey!, 5_000);

        // As much as there was: more than is left, and the same amount as the other.
        await graph.RefundAsync(payment, 5_000);
        await graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 10_000);
        await graph.RefundAtTossAsync(payment.PaymentKey!, 5_000);
        // The order ends before all of its money is to go back; once that is heard of, what is left goes back as well.
        Orders.FeedStandsStill = true;
        await graph.RefundAsync(payment, 20_000).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");

        var noticed = await graph.FindAsync(payment.OrderId);
        Assert.Equal(15_000, noticed!.RefundedAmount);
        await graph.RefundedAtTossAsync(payment, 5_000, 5_000, 5_000);
        Orders.FeedStandsStill = false;
        await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        await graph.RefundedAtTossAsync(payment, 5_000, 5_000, 5_000, 15_000);
    }

    [Fact]
    public async Task A_transfer_is_given_back_by_hand()
    {
        var order = Orders.Place();
        Orders.Move(order.Id, OrderStatus.Confirmed);
        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Completed);

        var shown = await graph.RefundAsync(payment, 10_000).JsonAsync();
        Assert.Equal("COMPLETED", shown.GetProperty("status").GetString());
        Assert.Equal(10_000, shown.GetProperty("refundedAmount").GetInt64());
        Orders.Move(order.Id, OrderStatus.Cancelled);
        await graph.WaitAsync(order.Id, PaymentStatus.Refunded);

        var list = await graph
            .Admin.GetAsync($"/api/payments/refunds?status=TO_TRANSFER&paymentId={payment.Id}")
            .JsonAsync();
        Assert.Equal(2, list.GetProperty("total").GetInt32());
        var newest = list.GetProperty("items")[0];
        Assert.Equal(20_000, newest.GetProperty("amount").GetInt64());
        Assert.Equal(order.OrderNumber, newest.GetProperty("orderNumber").GetString());
        Assert.Equal("홍길동", newest.GetProperty("depositorName").GetString());
        var path = $"/api/payments/refunds/{newest.GetProperty("id").GetInt64()}/transferred";
        for (var i = 0; i < 2; i++)
        {
            var done = await graph.Shop.CreateAdminClient(7 + i).PostAsync(path, null).JsonAsync();
            Assert.Equal("COMPLETED", done.GetProperty("status").GetString());
            Assert.Equal(7, done.GetProperty("transferredBy").GetInt64());
        }
    }

    [Fact]
    public async Task Only_what_is_to_be_transferred_can_have_been()
    {
        var payment = await graph.AddCardPaymentAsync();
        JsonElement shown = await graph.RefundAsync(payment).JsonAsync();
        var id = shown.GetProperty("refunds")[0].GetProperty("id").GetInt64();

        await graph
            .Admin.PostAsync($"/api/payments/refunds/{id}/transferred", null)
            .ProblemAsync(HttpStatusCode.Conflict, "not_a_transfer");
        await graph
            .Admin.PostAsync("/api/payments/refunds/987654321/transferred", null)
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await graph
            .Admin.PostAsync(
                "/api/payments/987654321/refund",
                System.Net.Http.Json.JsonContent.Create(new { reason = "x" })
            )
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }
}
