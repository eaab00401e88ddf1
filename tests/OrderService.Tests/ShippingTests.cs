using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>Only an order whose money is there is shipped, whichever comes first: the goods' leaving or the money's going back.</summary>
public sealed class ShippingTests : IClassFixture<QuietShop>
{
    private const long PaymentId = 7;

    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public ShippingTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Payments => _shop.Payments;

    private HttpClient Admin => _shop.CreateAdminClient();

    [Theory]
    [InlineData("")]
    [InlineData("&reason=seen on the terminal")]
    public async Task A_card_order_is_confirmed_by_its_payment_not_by_hand(string reason)
    {
        var order = await PlaceAsync();

        await ConfirmAsync(order, reason).ProblemAsync(HttpStatusCode.Conflict, "payment_required");

        Assert.Equal("PENDING", await StatusAsync(order));
        await Payments.PayAsync(order, PaymentId).JsonAsync();
        Assert.Equal("SHIPPING", (await Admin.MoveAsync(order.Id(), "SHIPPING").JsonAsync()).Text("status"));
    }

    [Fact]
    public async Task A_transfer_is_confirmed_by_whoever_has_seen_the_money()
    {
        var order = await PlaceAsync("BANK_TRANSFER");

        await ConfirmAsync(order).JsonAsync();

        Assert.Equal("SHIPPING", (await Admin.MoveAsync(order.Id(), "SHIPPING").JsonAsync()).Text("status"));
        Assert.False((await FindAsync(order)).TryGetProperty("byHand", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&reason=")]
    [InlineData("&reason=%20%20")]
    public async Task By_hand_it_wants_a_reason(string reason)
    {
        var order = await PlaceAsync();

        await ConfirmAsync(order, $"&byHand=true{reason}").InvalidAsync("reason");

        Assert.Equal("PENDING", await StatusAsync(order));
    }

    [Fact]
    public async Task By_hand_with_a_reason_it_is_confirmed_and_shipped_and_payment_svc_is_told_why()
    {
        var order = await PlaceAsync();

        await ConfirmAsync(order, "&byHand=true&reason=paid%20in%20the%20shop").JsonAsync();

        Assert.Equal("paid in the shop", (await FindAsync(order)).Text("byHand"));
        var move = Assert.Single((await ReadAsync(order)).GetProperty("history").EnumerateArray());
        Assert.Equal(("CONFIRMED", "paid in the shop"), (move.Text("to"), move.Text("reason")));
        Assert.Equal("SHIPPING", (await Admin.MoveAsync(order.Id(), "SHIPPING").JsonAsync()).Text("status"));
    }

    [Fact]
    public async Task A_card_order_confirmed_without_its_money_is_not_shipped_but_by_hand()
    {
        var order = await PlaceAsync();
        await _shop.ExecuteAsync($"UPDATE orders SET status = 'CONFIRMED' WHERE id = {order.Id()}");

        await Admin.MoveAsync(order.Id(), "SHIPPING").ProblemAsync(HttpStatusCode.Conflict, "payment_required");
        Assert.Equal("CONFIRMED", await StatusAsync(order));

        await Admin
            .PatchAsync($"/api/orders/{order.Id()}/status?status=SHIPPING&byHand=true&reason=paid%20in%20cash", null)
            .JsonAsync();
        Assert.Equal("paid in cash", (await FindAsync(order)).Text("byHand"));
    }

    [Fact]
    public async Task An_order_whose_money_goes_back_is_cancelled_and_not_shipped()
    {
        var order = await PayAsync();

        for (var i = 0; i < 2; i++)
        {
            var told = await RefundAsync(order).JsonAsync();
            Assert.Equal("CANCELLED", told.Text("status"));
        }

        await Admin.MoveAsync(order.Id(), "SHIPPING").ProblemAsync(HttpStatusCode.Conflict, "illegal_status_change");
        var move = (await ReadAsync(order)).GetProperty("history").EnumerateArray().Last();
        Assert.Equal(
            ("CONFIRMED", "CANCELLED", "ADMIN", 77, "the cup was broken"),
            (
                move.Text("from"),
                move.Text("to"),
                move.Text("by"),
                move.GetProperty("userId").GetInt64(),
                move.Text("reason")
            )
        );
        await _shop.SettleAsync();
        Assert.Equal(100, _shop.Products.StockOf(_product));
        await _shop.AssertMovesAreToldAsync();
    }

    [Theory]
    [InlineData("SHIPPING")]
    [InlineData("DELIVERED")]
    public async Task What_has_been_shipped_stays_shipped_when_its_money_goes_back(string status)
    {
        var order = await PayAsync();
        await Admin.MoveAsync(order.Id(), "SHIPPING").JsonAsync();
        if (status == "DELIVERED")
        {
            await Admin.MoveAsync(order.Id(), status).JsonAsync();
        }

        Assert.Equal(status, (await RefundAsync(order).JsonAsync()).Text("status"));

        Assert.Equal(status, await StatusAsync(order));
        await _shop.SettleAsync();
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Of_shipping_and_the_money_s_going_back_at_once_the_first_decides()
    {
        var (admin, payments) = (Admin, Payments);
        for (var round = 0; round < 8; round++)
        {
            var order = await PayAsync();

            var (ship, refund) = (admin.MoveAsync(order.Id(), "SHIPPING"), RefundAsync(order, payments));

            var told = (await refund.JsonAsync()).Text("status");
            Assert.Equal((await ship).StatusCode == HttpStatusCode.OK ? "SHIPPING" : "CANCELLED", told);
            Assert.Equal(told, await StatusAsync(order));
        }

        await _shop.SettleAsync();
        await _shop.AssertMovesAreToldAsync();
    }

    [Fact]
    public async Task Money_that_came_and_went_back_before_the_order_heard_of_it_does_not_confirm_it()
    {
        var order = await PlaceAsync();
        await Payments.HoldAsync(order).JsonAsync();

        Assert.Equal("CANCELLED", (await RefundAsync(order).JsonAsync()).Text("status"));

        await Payments.PayAsync(order, PaymentId).ProblemAsync(HttpStatusCode.Conflict, "order_closed");
        Assert.False((await ReadAsync(order)).GetProperty("paymentInProgress").GetBoolean());
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task Another_payment_s_money_going_back_does_nothing_to_the_order()
    {
        var order = await PayAsync();

        Assert.Equal("CONFIRMED", (await RefundAsync(order, paymentId: PaymentId + 1).JsonAsync()).Text("status"));

        Assert.Equal("CONFIRMED", await StatusAsync(order));
    }

    [Fact]
    public async Task A_transfer_confirmed_by_its_order_is_cancelled_too_when_its_money_goes_back()
    {
        var order = await PlaceAsync("BANK_TRANSFER");
        await ConfirmAsync(order).JsonAsync();

        Assert.Equal("CANCELLED", (await RefundAsync(order).JsonAsync()).Text("status"));
        await _shop.SettleAsync();
    }

    [Fact]
    public async Task What_payment_svc_tells_of_refunds_is_checked()
    {
        var order = await PlaceAsync();
        var path = $"/internal/orders/{order.Text("orderNumber")}/refund";

        await Payments.PostAsJsonAsync(path, new { }).InvalidAsync("paymentId", "actor");
        await Payments.PostAsJsonAsync(path, Refund(0, new string('x', 201))).InvalidAsync("paymentId", "reason");
        await Payments
            .PostAsJsonAsync("/internal/orders/nothing/refund", Refund(PaymentId))
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await Admin
            .PostAsJsonAsync(path, Refund(PaymentId))
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static object Refund(long paymentId, string reason = "the cup was broken") =>
        new
        {
            paymentId,
            actor = "ADMIN",
            userId = 77,
            reason,
        };

    private Task<HttpResponseMessage> RefundAsync(
        JsonElement order,
        HttpClient? payments = null,
        long paymentId = PaymentId
    ) =>
        (payments ?? Payments).PostAsJsonAsync(
            $"/internal/orders/{order.Text("orderNumber")}/refund",
            Refund(paymentId)
        );

    private Task<HttpResponseMessage> ConfirmAsync(JsonElement order, string more = "") =>
        Admin.PatchAsync($"/api/orders/{order.Id()}/status?status=CONFIRMED{more}", null);

    private async Task<JsonElement> PayAsync()
    {
        var order = await PlaceAsync();
        await Payments.PayAsync(order, PaymentId).JsonAsync();
        return order;
    }

    private Task<JsonElement> PlaceAsync(string paymentMethod = "CARD") =>
        _shop
            .CreateClientFor(_userId)
            .PlaceAsync(Request(_userId, paymentMethod, (_product, 1)))
            .JsonAsync(HttpStatusCode.Created);

    private Task<JsonElement> FindAsync(JsonElement order) =>
        Payments.GetAsync($"/internal/orders/{order.Text("orderNumber")}").JsonAsync();

    private Task<JsonElement> ReadAsync(JsonElement order) => Admin.GetAsync($"/api/orders/{order.Id()}").JsonAsync();

    private async Task<string> StatusAsync(JsonElement order) => (await ReadAsync(order)).Text("status");
}
