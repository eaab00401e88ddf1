using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Tests.OrderEvents;

public class OrderEventTests(PaymentGraph graph) : IClassFixture<PaymentGraph>
{
    private ShopOrders Orders => graph.Orders;

    [Fact]
    public async Task A_transfer_is_expected_from_the_moment_its_order_is_placed()
    {
        var card = Orders.Place(PaymentMethod.Card);
        var order = Orders.Place(price: 45_000);

        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        Assert.Equal(PaymentMethod.BankTransfer, payment.Method);
        Assert.Equal((45_000m, order.UserId, order.OrderNumber), (payment.Amount, payment.UserId, payment.OrderNumber));
        Assert.Equal("홍길동", payment.DepositorName);
        Assert.Empty(payment.History);
        Assert.Null(await graph.FindAsync(card.Id));
    }

    [Fact]
    public async Task An_order_confirmed_by_an_admin_completes_its_transfer()
    {
        var order = Orders.Place();
        Orders.Move(order.Id, OrderStatus.Confirmed, userId: 42, reason: "입금 확인");

        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Completed);

        var change = Assert.Single(payment.History);
        Assert.Equal((PaymentStatus.Pending, PaymentStatus.Completed), (change.FromStatus, change.ToStatus));
        Assert.Equal((PaymentActor.Admin, 42L, "입금 확인"), (change.Actor, change.UserId!.Value, change.Reason));
    }

    [Fact]
    public async Task A_cancelled_order_s_transfer_is_awaited_no_longer()
    {
        var order = Orders.Place();
        Orders.Move(order.Id, OrderStatus.Cancelled, PaymentActor.System, userId: null, reason: "not paid in time");

        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Failed);

        var change = Assert.Single(payment.History);
        Assert.Equal((PaymentActor.System, null, "not paid in time"), (change.Actor, change.UserId, change.Reason));
    }

    [Fact]
    public async Task A_card_is_awaited_from_its_order_s_placement_until_it_is_paid_or_cancelled()
    {
        var orders = Enumerable.Range(0, 4).Select(_ => Orders.Place(PaymentMethod.Card)).ToList();
        await graph.ReadFeedToEndAsync();
        Assert.Equal([true, true, true, true], await AreAwaitedAsync(orders));

        await graph.AddPaymentAsync(orders[0], PaymentStatus.Completed, "key-of-awaited");
        Orders.Move(orders[0].Id, OrderStatus.Confirmed, PaymentActor.System, userId: null);
        Orders.Move(orders[1].Id, OrderStatus.Cancelled);
        Orders.Move(orders[2].Id, OrderStatus.Confirmed, reason: "By hand.");
        await graph.ReadFeedToEndAsync();
        Assert.Equal([false, false, false, true], await AreAwaitedAsync(orders));

        // Told of together.
        Orders.IsAway = true;
        var late = new[] { Orders.Place(PaymentMethod.Card), Orders.Place(PaymentMethod.Card) };
        Orders.Move(late[0].Id, OrderStatus.Cancelled);
        Orders.Move(orders[3].Id, OrderStatus.Cancelled);
        Orders.IsAway = false;
        await graph.ReadFeedToEndAsync();
        Assert.Equal([false, true, false], await AreAwaitedAsync([.. late, orders[3]]));

        async Task<List<bool>> AreAwaitedAsync(IReadOnlyList<TestOrder> wanted)
        {
            var awaited = await graph.InDatabaseAsync(database =>
                database
                    .AwaitedCards.Select(card => new
                    {
                        card.OrderNumber,
                        card.OrderId,
                        card.UserId,
                        card.Amount,
                    })
                    .ToListAsync()
            );
            return
            [
                .. wanted.Select(order =>
                    awaited.Contains(
                        new
                        {
                            order.OrderNumber,
                            OrderId = order.Id,
                            order.UserId,
                            Amount = (decimal)order.TotalPrice,
                        }
                    )
                ),
            ];
        }
    }

    [Fact]
    public async Task Later_moves_change_nothing()
    {
        var order = Orders.Place();
        Orders.Move(order.Id, OrderStatus.Confirmed);
        Orders.Move(order.Id, OrderStatus.Shipping);
        Orders.Move(order.Id, OrderStatus.Delivered);
        await graph.ReadFeedToEndAsync();

        var payment = await graph.WaitAsync(order.Id, PaymentStatus.Completed);

        Assert.Single(payment.History);
    }

    [Fact]
    public async Task An_order_older_than_the_feed_is_asked_for()
    {
        var transfer = Orders.Place(tell: false);
        var card = Orders.Place(PaymentMethod.Card, tell: false);
        Orders.Move(transfer.Id, OrderStatus.Confirmed);
        Orders.Move(card.Id, OrderStatus.Confirmed);

        await graph.WaitAsync(transfer.Id, PaymentStatus.Completed);
        await graph.ReadFeedToEndAsync();

        Assert.Null(await graph.FindAsync(card.Id));
    }

    [Fact]
    public async Task Transfers_that_come_together_are_all_expected()
    {
        Orders.IsAway = true;
        var orders = Enumerable.Range(0, 30).Select(index => Orders.Place(price: 1_000 + index)).ToList();
        Orders.Move(orders[10].Id, OrderStatus.Confirmed);
        Orders.Move(orders[20].Id, OrderStatus.Cancelled);
        orders.AddRange(Enumerable.Range(30, 10).Select(index => Orders.Place(price: 1_000 + index)));
        Orders.IsAway = false;

        foreach (var (index, order) in orders.Index())
        {
            var payment = await graph.WaitAsync(
                order.Id,
                index switch
                {
                    10 => PaymentStatus.Completed,
                    20 => PaymentStatus.Failed,
                    _ => PaymentStatus.Pending,
                }
            );
            Assert.Equal((1_000m + index, order.OrderNumber), (payment.Amount, payment.OrderNumber));
        }
    }

    [Fact]
    public async Task A_payment_that_somebody_else_is_adding_stays_theirs_and_the_others_are_expected()
    {
        Orders.IsAway = true;
        var orders = Enumerable.Range(0, 5).Select(_ => Orders.Place()).ToList();
        await graph.InDatabaseAsync(database =>
            database.TransactAsync(
                async token =>
                {
                    database.Payments.Add(
                        new Payment
                        {
                            OrderId = orders[2].Id,
                            OrderNumber = orders[2].OrderNumber,
                            UserId = orders[2].UserId,
                            Amount = orders[2].TotalPrice,
                            Method = PaymentMethod.BankTransfer,
                            DepositorName = "먼저 온 사람",
                            CreatedAt = DateTime.UtcNow,
                            UpdatedAt = DateTime.UtcNow,
                        }
                    );
                    await database.SaveChangesAsync(token);
                    Orders.IsAway = false;
                    const string waiting = """
                        SELECT COUNT(*) AS Value FROM information_schema.innodb_trx trx
                        JOIN information_schema.processlist process ON process.id = trx.trx_mysql_thread_id
                        WHERE trx.trx_state = 'LOCK WAIT' AND process.db = DATABASE()
                        """;
                    await PaymentGraph.WaitAsync(
                        async () =>
                        {
                            // The server looks anew only when nobody has asked for a tenth of a second.
                            await Task.Delay(200, token);
                            return await database.Database.SqlQueryRaw<long>(waiting).SingleAsync(token) > 0;
                        },
                        () => "Nobody waits for the payment."
                    );
                    return true;
                },
                CancellationToken.None
            )
        );

        foreach (var (index, order) in orders.Index())
        {
            var payment = await graph.WaitAsync(order.Id, PaymentStatus.Pending);
            Assert.Equal(index == 2 ? "먼저 온 사람" : "홍길동", payment.DepositorName);
        }
    }

    [Fact]
    public async Task The_feed_read_again_from_the_start_changes_nothing()
    {
        var confirmed = Orders.Place();
        Orders.Move(confirmed.Id, OrderStatus.Confirmed);
        var paid = await graph.AddCardPaymentAsync();
        Orders.Move(paid.OrderId, OrderStatus.Cancelled);
        await graph.WaitAsync(paid.OrderId, PaymentStatus.Refunded);
        await graph.ReadFeedToEndAsync();
        var before = await CountAsync();

        await graph.InDatabaseAsync(database =>
            database.EventCursors.ExecuteUpdateAsync(set => set.SetProperty(cursor => cursor.Position, 0))
        );
        await graph.ReadFeedToEndAsync();

        var (payments, changes, refunds) = await CountAsync();
        Assert.Equal((before.Payments + 1, before.Changes, before.Refunds), (payments, changes, refunds));
        await graph.RefundedAtTossAsync(paid, 30_000);
    }

    [Fact]
    public async Task What_happens_while_order_svc_or_payment_svc_is_away_is_made_up_for()
    {
        Orders.IsAway = true;
        var first = Orders.Place();
        await graph.RestartAsync(() =>
        {
            Orders.Place();
            return Task.CompletedTask;
        });
        Orders.Move(first.Id, OrderStatus.Confirmed);
        Orders.IsAway = false;

        await graph.WaitAsync(first.Id, PaymentStatus.Completed);
    }

    [Fact]
    public async Task Two_replicas_give_each_event_its_effect_once()
    {
        graph.AddReplica();
        var cancelled = new List<Payment>();
        for (var i = 0; i < 5; i++)
        {
            cancelled.Add(await graph.AddCardPaymentAsync());
        }

        var transfers = new List<TestOrder>();
        for (var i = 0; i < 40; i++)
        {
            transfers.Add(Orders.Place());
            Orders.Move(transfers[^1].Id, OrderStatus.Confirmed);
        }

        foreach (var payment in cancelled)
        {
            Orders.Move(payment.OrderId, OrderStatus.Cancelled);
        }

        foreach (var order in transfers)
        {
            Assert.Single((await graph.WaitAsync(order.Id, PaymentStatus.Completed)).History);
        }

        foreach (var payment in cancelled)
        {
            var refunded = await graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
            Assert.Equal(RefundStatus.Completed, Assert.Single(refunded.Refunds).Status);
            await graph.RefundedAtTossAsync(payment, 30_000);
        }
    }

    [Fact]
    public async Task The_effect_belongs_to_the_trace_of_what_caused_it()
    {
        var traces = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MsaShop.OrderEvents",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => traces.Add(activity.TraceId.ToHexString()),
        };
        ActivitySource.AddActivityListener(listener);
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        var order = Orders.Place(traceParent: $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);
        await graph.ReadFeedToEndAsync();

        Assert.Contains(trace, traces);
    }

    private Task<(int Payments, int Changes, int Refunds)> CountAsync() =>
        graph.InDatabaseAsync(async database =>
            (
                await database.Payments.CountAsync(),
                await database.Payments.SelectMany(payment => payment.History).CountAsync(),
                await database.Refunds.CountAsync()
            )
        );
}
