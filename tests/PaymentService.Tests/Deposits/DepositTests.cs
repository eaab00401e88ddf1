using System.Net;
using System.Net.Http.Json;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Deposits;

public class DepositTests(PaymentGraph graph) : IClassFixture<PaymentGraph>, IDisposable
{
    private ShopOrders Orders => graph.Orders;

    public void Dispose()
    {
        Orders.FeedStandsStill = false;
        Orders.IsAway = false;
        Orders.AfterRead = null;
        Orders.AfterSeen = null;
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_deposit_completes_the_payment_and_confirms_the_order()
    {
        var order = Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        var shown = await DepositAsync(order, new { depositorName = "김철수", amount = 30_000 }).JsonAsync();

        Assert.Equal("COMPLETED", shown.GetProperty("status").GetString());
        Assert.Equal("김철수", shown.GetProperty("depositorName").GetString());
        var change = Assert.Single(shown.GetProperty("history").EnumerateArray());
        Assert.Equal("ADMIN", change.GetProperty("actor").GetString());
        Assert.Equal(1_000_000, change.GetProperty("userId").GetInt64());
        Assert.Equal(OrderStatus.Confirmed, Orders[order.Id].Status);
        Assert.Equal(shown.GetProperty("id").GetInt64(), Orders[order.Id].PaymentId);
    }

    [Fact]
    public async Task Saying_it_again_changes_nothing()
    {
        var order = Orders.Place();

        await DepositAsync(order).JsonAsync();
        var again = await DepositAsync(order, new { depositorName = "다른 사람" }).JsonAsync();

        Assert.Equal("COMPLETED", again.GetProperty("status").GetString());
        Assert.Equal("홍길동", again.GetProperty("depositorName").GetString());
        Assert.Single((await graph.FindAsync(order.Id))!.History);
    }

    [Fact]
    public async Task An_order_whose_event_has_not_come_yet_is_asked_for()
    {
        Orders.FeedStandsStill = true;
        var order = Orders.Place();

        await DepositAsync(order).JsonAsync();
        Orders.FeedStandsStill = false;
        await graph.ReadFeedToEndAsync();

        Assert.Single((await graph.FindAsync(order.Id))!.History);
    }

    [Fact]
    public async Task Another_amount_is_refused()
    {
        var order = Orders.Place(price: 30_000);

        var problem = await DepositAsync(order, new { amount = 29_999 })
            .ProblemAsync(HttpStatusCode.Conflict, "amount_mismatch");

        Assert.Equal(30_000, problem.GetProperty("expected").GetInt64());
        Assert.Equal(OrderStatus.Pending, Orders[order.Id].Status);
    }

    [Fact]
    public async Task Only_a_transfer_that_is_awaited_can_come()
    {
        var card = Orders.Place(PaymentMethod.Card);
        await DepositAsync(card).ProblemAsync(HttpStatusCode.Conflict, "not_a_transfer");
        var paidByCard = await graph.AddCardPaymentAsync();
        await DepositAsync(Orders[paidByCard.OrderId]).ProblemAsync(HttpStatusCode.Conflict, "not_a_transfer");

        var cancelled = Orders.Place();
        Orders.Move(cancelled.Id, OrderStatus.Cancelled);
        await DepositAsync(cancelled).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
        await graph.WaitAsync(cancelled.Id, PaymentStatus.Failed);
        await DepositAsync(cancelled).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        await graph
            .Admin.PostAsync("/api/payments/orders/987654321/deposit", null)
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Only_admins_say_so_and_what_they_say_is_checked()
    {
        var order = Orders.Place();
        var path = $"/api/payments/orders/{order.Id}/deposit";

        await graph
            .Shop.CreateClientFor(order.UserId)
            .PostAsync(path, null)
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await graph
            .Shop.CreateAnonymousClient()
            .PostAsync(path, null)
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await DepositAsync(order, new { depositorName = new string('가', 51), amount = 0 })
            .InvalidAsync("depositorName", "amount");
    }

    [Fact]
    public async Task Without_order_svc_nothing_is_said_to_have_come()
    {
        var order = Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);
        Orders.IsAway = true;

        await DepositAsync(order).ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");

        Orders.IsAway = false;
        Assert.Equal(PaymentStatus.Pending, (await graph.FindAsync(order.Id))!.Status);
        await DepositAsync(order).JsonAsync();
    }

    [Fact]
    public async Task Both_doors_at_once_complete_the_payment_once()
    {
        graph.AddReplica();
        var orders = Enumerable.Range(0, 10).Select(_ => Orders.Place()).ToList();

        await Task.WhenAll(
            orders.SelectMany(order =>
                new Task[]
                {
                    Task.Run(() => Orders.Move(order.Id, OrderStatus.Confirmed)),
                    DepositAsync(order).JsonAsync(),
                    DepositAsync(order).JsonAsync(),
                }
            )
        );
        await graph.ReadFeedToEndAsync();

        foreach (var order in orders)
        {
            var payment = await graph.WaitAsync(order.Id, PaymentStatus.Completed);
            Assert.Single(payment.History);
            Assert.Equal(OrderStatus.Confirmed, Orders[order.Id].Status);
        }
    }

    [Fact]
    public async Task Money_that_comes_while_the_order_is_being_cancelled_is_to_be_transferred_back()
    {
        var order = Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);
        Orders.FeedStandsStill = true;
        // The order is cancelled right after it was found to be payable.
        Orders.AfterSeen = id => CancelOnce(id, order);

        await DepositAsync(order).JsonAsync();

        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Refunded);
        Assert.Equal(RefundStatus.ToTransfer, Assert.Single(payment.Refunds).Status);
        Orders.FeedStandsStill = false;
        await graph.ReadFeedToEndAsync();
        Assert.Single((await graph.FindAsync(order.Id))!.Refunds);
    }

    [Fact]
    public async Task Money_for_an_order_that_has_been_cancelled_meanwhile_is_not_written_down()
    {
        var order = Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);
        Orders.FeedStandsStill = true;
        Orders.AfterRead = id => CancelOnce(id, order);

        await DepositAsync(order).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Orders.FeedStandsStill = false;
        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Failed);
        Assert.Empty(payment.Refunds);
    }

    [Fact]
    public async Task Order_svc_knows_of_a_deposit_before_it_is_written_down_and_waits_for_it()
    {
        var order = Orders.Place();
        PaymentStatus? status = null;
        Orders.AfterSeen = id => status = graph.FindAsync(id).GetAwaiter().GetResult()?.Status;
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        await DepositAsync(order, new { undoable = true }).JsonAsync();

        Assert.Equal(PaymentStatus.Pending, status);
        Assert.Equal(OrderStatus.Pending, Orders[order.Id].Status);
        var payment = await graph.FindAsync(order.Id);
        Assert.Equal(Assert.Single(payment!.History).ChangedAt, Orders[order.Id].DepositSeenAt);
    }

    private void CancelOnce(long id, TestOrder order)
    {
        if (id == order.Id && Orders[id].Status == OrderStatus.Pending)
        {
            Orders.Move(id, OrderStatus.Cancelled);
        }
    }

    private Task<HttpResponseMessage> DepositAsync(TestOrder order, object? body = null) =>
        graph.Admin.PostAsync(
            $"/api/payments/orders/{order.Id}/deposit",
            body is null ? null : JsonContent.Create(body)
        );
}
