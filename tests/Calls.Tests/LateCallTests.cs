using System.Net;
using System.Net.Http.Json;
using MsaShop.Testing;
using TossStatus = MsaShop.TossPayments.Payments.PaymentStatus;

namespace MsaShop.Calls.Tests;

/// <summary>
/// Every other call between the services, and to Toss: one that arrives when its caller has long given up, or twice, changes
/// nothing that has been decided since.
/// </summary>
public sealed class LateCallTests(CallShop shop) : IClassFixture<CallShop>, IAsyncLifetime
{
    private readonly long _userId = CallShop.NewUserId();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        (shop.ToProducts.Doubles, shop.ToOrders.Doubles, shop.ToToss.Doubles) = (false, false, false);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Stock_is_not_taken_for_an_order_that_has_been_given_up()
    {
        var product = await shop.AddProductAsync();
        var takes = shop.ToProducts.HoldCalls("/stock/take");

        var answer = await shop
            .Orders.CreateClientFor(_userId)
            .PostAsJsonAsync(
                "/api/orders",
                new
                {
                    userId = _userId,
                    email = "calls@example.com",
                    items = new[] { new { productId = product, quantity = 1 } },
                }
            );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await shop.SettleAsync();
        await takes.LetGoAsync();

        Assert.Equal(10, await shop.StockAsync(product));
    }

    [Fact]
    public async Task Stock_that_is_returned_late_is_returned_once()
    {
        var product = await shop.AddProductAsync();
        var order = await shop.PlaceAsync(_userId, product);
        var returns = shop.ToProducts.HoldCalls("/stock/return", count: 1);

        // The call is tried again while the first is on its way.
        await shop.CancelAsync(order).JsonAsync();
        await shop.SettleAsync();
        var later = await shop.PlaceAsync(_userId, product);
        await returns.LetGoAsync();

        Assert.Equal(9, await shop.StockAsync(product));
        Assert.Equal("PENDING", await shop.StatusAsync(later));
    }

    [Fact]
    public async Task Money_told_of_late_does_not_bring_a_cancelled_order_back()
    {
        var product = await shop.AddProductAsync();
        var order = await shop.PlaceAsync(_userId, product);
        var key = await shop.AuthorizeAsync(order);
        var paid = shop.ToOrders.HoldCalls($"{order.Number}/paid", count: 1);

        await shop.PayAsync(order, key);
        await shop.CancelAsync(order).JsonAsync();
        await shop.WaitForPaymentAsync(order, "REFUNDED");
        await paid.LetGoAsync();

        await shop.SettleAsync();
        Assert.Equal("CANCELLED", await shop.StatusAsync(order));
        Assert.Equal(10, await shop.StockAsync(product));
        Assert.Equal(TossStatus.Canceled, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task A_charge_that_Toss_is_asked_for_late_is_the_one_that_has_been_made()
    {
        var product = await shop.AddProductAsync();
        var order = await shop.PlaceAsync(_userId, product);
        var key = await shop.AuthorizeAsync(order);
        var charges = shop.ToToss.HoldCalls("/v1/payments/confirm", count: 1);
        await using var hasty = shop.StartHastyReplica();

        await CallShop.AnswerAsync(() => shop.ConfirmAsync(order, key, hasty));
        await shop.WaitForPaymentAsync(order, "COMPLETED");
        await shop.SettleAsync();
        await shop.CancelAsync(order).JsonAsync();
        await shop.WaitForPaymentAsync(order, "REFUNDED");
        await charges.LetGoAsync();

        Assert.Equal(0, (await shop.Toss.PaymentAsync(key)).BalanceAmount);
        Assert.Single(await shop.Toss.PaymentsAsync(order.Number));
        Assert.Equal("CANCELLED", await shop.StatusAsync(order));
    }

    [Fact]
    public async Task A_refund_that_Toss_is_asked_for_late_is_the_one_that_has_been_made()
    {
        var product = await shop.AddProductAsync();
        var order = await shop.PlaceAsync(_userId, product);
        var key = await shop.AuthorizeAsync(order);
        var payment = await shop.PayAsync(order, key);
        var refunds = shop.ToToss.HoldCalls("/cancel", count: 1);
        await using var hasty = shop.StartHastyReplica();

        using var refund = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/payments/{payment.GetProperty("id").GetInt64()}/refund"
        )
        {
            Headers = { { "Idempotency-Key", $"refund-of-{order.Number}" } },
            Content = JsonContent.Create(new { amount = 300, reason = "late" }),
        };
        await hasty.CreateAdminClient().SendAsync(refund);
        await CallShop.WaitAsync(
            async () => (await shop.PaymentAsync(order)).GetProperty("refundedAmount").GetInt64() == 300,
            $"a part of {order.Number}'s payment to go back"
        );
        await refunds.LetGoAsync();

        await shop.SettleAsync();
        Assert.Equal(700, (await shop.Toss.PaymentAsync(key)).BalanceAmount);
        Assert.Equal(300, (await shop.PaymentAsync(order)).GetProperty("refundedAmount").GetInt64());
    }

    [Fact]
    public async Task News_of_orders_that_arrive_late_are_the_ones_that_have_been_read()
    {
        var product = await shop.AddProductAsync();
        var answers = shop.ToOrders.HoldAnswers("/orders/events", count: 1);
        await answers.Arrived;
        var order = await shop.PlaceAsync(_userId, product, "BANK_TRANSFER");
        await shop.WaitForPaymentAsync(order, "PENDING");
        await shop.CancelAsync(order).JsonAsync();
        await shop.WaitForPaymentAsync(order, "FAILED");

        await answers.LetGoAsync();
        var next = await shop.PlaceAsync(_userId, product, "BANK_TRANSFER");
        await shop.WaitForPaymentAsync(next, "PENDING");

        await shop.WaitForPaymentAsync(order, "FAILED");
    }

    [Fact]
    public async Task Calls_that_all_arrive_twice_do_what_they_do_once()
    {
        var product = await shop.AddProductAsync();
        (shop.ToProducts.Doubles, shop.ToOrders.Doubles, shop.ToToss.Doubles) = (true, true, true);

        var (card, cancelled) = (await PayAsync(), await PayAsync());
        var refused = await shop.PlaceAsync(_userId, product);
        await shop.RefuseAsync(refused);
        await shop.CancelAsync(cancelled).JsonAsync();
        await shop.WaitForPaymentAsync(cancelled, "REFUNDED");
        var transfer = await shop.PlaceAsync(_userId, product, "BANK_TRANSFER");
        await shop.WaitForPaymentAsync(transfer, "PENDING");
        await shop.Admin.PatchAsync($"/api/orders/{transfer.Id}/status?status=CONFIRMED", null).JsonAsync();
        await shop.WaitForPaymentAsync(transfer, "COMPLETED");

        await shop.SettleAsync();
        Assert.Equal(7, await shop.StockAsync(product));
        Assert.Equal(
            ["CONFIRMED", "CANCELLED", "PENDING", "CONFIRMED"],
            await Task.WhenAll(new[] { card, cancelled, refused, transfer }.Select(shop.StatusAsync))
        );
        Assert.False(await shop.IsHeldAsync(refused));
        Assert.Equal(card.Total, Assert.Single(await shop.Toss.PaymentsAsync(card.Number)).BalanceAmount);
        Assert.Equal(0, Assert.Single(await shop.Toss.PaymentsAsync(cancelled.Number)).BalanceAmount);

        async Task<PlacedOrder> PayAsync()
        {
            var order = await shop.PlaceAsync(_userId, product);
            await shop.PayAsync(order);
            return order;
        }
    }
}
