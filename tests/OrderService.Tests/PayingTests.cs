using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>An order is paid once, and only one that stands; while its card may be charged, nothing else happens to it.</summary>
public sealed class PayingTests : IClassFixture<QuietShop>
{
    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public PayingTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Payments => _shop.Payments;

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    private HttpClient Admin => _shop.CreateAdminClient();

    [Fact]
    public async Task Payment_svc_finds_an_order_by_number_and_by_id()
    {
        var order = await PlaceAsync("BANK_TRANSFER");

        var found = await Payments.GetAsync($"/internal/orders/{order.Text("orderNumber")}").JsonAsync();

        Assert.Equal(
            (
                order.Id(),
                order.Text("orderNumber"),
                _userId,
                "PENDING",
                1_000,
                "BANK_TRANSFER",
                $"User {_userId}",
                false
            ),
            (
                found.Id(),
                found.Text("orderNumber"),
                found.GetProperty("userId").GetInt64(),
                found.Text("status"),
                found.GetProperty("totalPrice").GetInt64(),
                found.Text("paymentMethod"),
                found.Text("depositorName"),
                found.GetProperty("held").GetBoolean()
            )
        );
        Assert.Equal(order.Text("payBy"), found.Text("payBy"));
        Assert.Equal(
            found.GetRawText(),
            (await Payments.GetAsync($"/internal/orders/by-id/{order.Id()}").JsonAsync()).GetRawText()
        );
        await Payments.GetAsync("/internal/orders/nothing").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await Payments.GetAsync("/internal/orders/by-id/0").ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Orders_are_listed_by_id_for_comparison()
    {
        var orders = new List<JsonElement>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await PlaceAsync());
        }

        var seen = new List<long>();
        var after = orders[0].Id() - 1;
        JsonElement page;
        do
        {
            page = await Payments.GetAsync($"/internal/orders?after={after}&limit=2").JsonAsync();
            seen.AddRange(page.GetProperty("orders").EnumerateArray().Select(order => order.Id()));
            after = page.GetProperty("last").GetInt64();
        } while (page.GetProperty("orders").GetArrayLength() > 0);

        Assert.Equal(orders.Select(order => order.Id()), seen);
        var since = orders[3].Text("createdAt");
        page = await Payments.GetAsync($"/internal/orders?from={since}&after={orders[0].Id()}").JsonAsync();
        Assert.Equal(
            [orders[3].Id(), orders[4].Id()],
            page.GetProperty("orders").EnumerateArray().Select(order => order.Id())
        );
        page = await Payments.GetAsync($"/internal/orders?to={since}&after={orders[1].Id()}").JsonAsync();
        Assert.Equal([orders[2].Id()], page.GetProperty("orders").EnumerateArray().Select(order => order.Id()));
        await Payments.GetAsync("/internal/orders?limit=0&after=-1").InvalidAsync("limit", "after");
    }

    [Fact]
    public async Task A_held_order_is_neither_cancelled_nor_confirmed_until_it_is_released()
    {
        var order = await PlaceAsync();

        var held = await Payments.HoldAsync(order).JsonAsync();
        await Payments.HoldAsync(order).JsonAsync();

        Assert.True(held.GetProperty("held").GetBoolean());
        Assert.True((await ReadAsync(order)).GetProperty("paymentInProgress").GetBoolean());
        await Shopper.CancelAsync(order.Id()).ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        await Admin.MoveAsync(order.Id(), "CANCELLED").ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        await Admin.MoveAsync(order.Id(), "CONFIRMED").ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        await Admin.MoveAsync(order.Id(), "SHIPPING").ProblemAsync(HttpStatusCode.Conflict, "illegal_status_change");

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await Payments.ReleaseAsync(order)).StatusCode);
        }

        Assert.Equal("CANCELLED", (await Shopper.CancelAsync(order.Id()).JsonAsync()).Text("status"));
        Assert.Equal(HttpStatusCode.NoContent, (await Payments.ReleaseAsync(order)).StatusCode);
    }

    [Fact]
    public async Task Only_a_pending_card_order_in_time_is_held()
    {
        var overdue = await PlaceAsync();
        var heldInTime = await PlaceAsync();
        await Payments.HoldAsync(heldInTime).JsonAsync();
        await _shop.ExecuteAsync($"UPDATE orders SET pay_by = '2000-01-01' WHERE user_id = {_userId}");

        await RefusedAsync(overdue, "PENDING");
        await Payments.HoldAsync(heldInTime).JsonAsync();
        await RefusedAsync(await PlaceAsync("BANK_TRANSFER"), "PENDING");
        foreach (var status in new[] { "CONFIRMED", "CANCELLED" })
        {
            var order = await PlaceAsync();
            await Admin.MoveAsync(order.Id(), status).JsonAsync();
            await RefusedAsync(order, status);
        }

        async Task RefusedAsync(JsonElement order, string status)
        {
            var problem = await Payments.HoldAsync(order).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
            Assert.Equal(status, problem.Text("orderStatus"));
        }
    }

    [Fact]
    public async Task A_payment_confirms_the_order_once_however_often_it_is_told()
    {
        var order = await PlaceAsync();
        var payments = Payments;
        await payments.HoldAsync(order).JsonAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => payments.PayAsync(order, paymentId: 7).JsonAsync())
        );

        Assert.All(answers, answer => Assert.Equal("CONFIRMED", answer.Text("status")));
        Assert.All(answers, answer => Assert.False(answer.GetProperty("held").GetBoolean()));
        var move = Assert.Single((await ReadAsync(order)).GetProperty("history").EnumerateArray());
        Assert.Equal(
            ("PENDING", "CONFIRMED", "SYSTEM", "paid by card"),
            (move.Text("from"), move.Text("to"), move.Text("by"), move.Text("reason"))
        );
        foreach (var status in new[] { "SHIPPING", "DELIVERED" })
        {
            await Admin.MoveAsync(order.Id(), status).JsonAsync();
            Assert.Equal(status, (await payments.PayAsync(order, paymentId: 7).JsonAsync()).Text("status"));
        }

        await payments.PayAsync(order, paymentId: 8).ProblemAsync(HttpStatusCode.Conflict, "already_paid");
        await _shop.AssertMovesAreToldAsync();
    }

    [Fact]
    public async Task Of_many_payments_at_once_one_pays()
    {
        var order = await PlaceAsync();
        var payments = Payments;

        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(id => payments.PayAsync(order, id)));

        var paid = await Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK).JsonAsync();
        Assert.Equal("CONFIRMED", paid.Text("status"));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await refused.ProblemAsync(HttpStatusCode.Conflict, "already_paid");
        }
    }

    [Fact]
    public async Task An_order_confirmed_by_hand_takes_the_payment_that_comes_first()
    {
        var order = await PlaceAsync("BANK_TRANSFER");
        await Admin.MoveAsync(order.Id(), "CONFIRMED").JsonAsync();

        Assert.Equal("CONFIRMED", (await Payments.PayAsync(order, paymentId: 7).JsonAsync()).Text("status"));
        await Payments.PayAsync(order, paymentId: 7).JsonAsync();
        await Payments.PayAsync(order, paymentId: 8).ProblemAsync(HttpStatusCode.Conflict, "already_paid");
    }

    [Fact]
    public async Task A_payment_for_a_cancelled_order_or_of_another_amount_is_refused()
    {
        var order = await PlaceAsync();
        await Payments
            .PayAsync(order, paymentId: 7, amount: 999)
            .ProblemAsync(HttpStatusCode.Conflict, "amount_mismatch");
        Assert.Equal("PENDING", (await ReadAsync(order)).Text("status"));

        await Shopper.CancelAsync(order.Id()).JsonAsync();
        var problem = await Payments
            .PayAsync(order, paymentId: 7)
            .ProblemAsync(HttpStatusCode.Conflict, "order_closed");
        Assert.Equal("CANCELLED", problem.Text("orderStatus"));
        await Payments
            .PostAsJsonAsync("/internal/orders/nothing/paid", Paid(7, 1_000))
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await Payments
            .PostAsJsonAsync($"/internal/orders/{order.Text("orderNumber")}/paid", new { })
            .InvalidAsync("paymentId", "amount", "actor");
    }

    [Fact]
    public async Task Of_paying_and_cancelling_at_once_the_order_is_paid_or_the_payment_refused()
    {
        var (payments, shopper) = (Payments, Shopper);
        for (var round = 0; round < 8; round++)
        {
            var order = await PlaceAsync();

            var (pay, cancel) = (payments.PayAsync(order, paymentId: 7), shopper.CancelAsync(order.Id()));

            // A paid order may be cancelled: the event tells payment-svc, which gives the money back.
            Assert.Equal(HttpStatusCode.OK, (await cancel).StatusCode);
            var history = (await ReadAsync(order)).GetProperty("history").EnumerateArray().Select(m => m.Text("to"));
            if ((await pay).StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal(["CONFIRMED", "CANCELLED"], history);
            }
            else
            {
                await pay.ProblemAsync(HttpStatusCode.Conflict, "order_closed");
                Assert.Equal(["CANCELLED"], history);
            }
        }

        await _shop.SettleAsync();
        await _shop.AssertMovesAreToldAsync();
    }

    [Fact]
    public async Task Only_services_get_in()
    {
        var order = await PlaceAsync();
        var path = $"/internal/orders/{order.Text("orderNumber")}";
        foreach (var client in new[] { _shop.CreateAnonymousClient(), Shopper, Admin })
        {
            foreach (
                var read in new[]
                {
                    path,
                    $"/internal/orders/by-id/{order.Id()}",
                    "/internal/orders",
                    "/internal/orders/events",
                }
            )
            {
                await client.GetAsync(read).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            }

            foreach (var write in new[] { "hold", "release", "paid", "refund", "deposit", "deposit/undo" })
            {
                await client
                    .PostAsync($"{path}/{write}", null)
                    .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            }
        }

        await Shopper.GetAsync("/api/orders/outbox").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<JsonElement> PlaceAsync(string paymentMethod = "CARD") =>
        Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "orders@example.com",
                    items = new[] { new { productId = _product, quantity = 1 } },
                    paymentMethod,
                }
            )
            .JsonAsync(HttpStatusCode.Created);

    private Task<JsonElement> ReadAsync(JsonElement order) => Admin.GetAsync($"/api/orders/{order.Id()}").JsonAsync();
}
