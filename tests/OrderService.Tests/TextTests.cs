using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>What comes in with an order: text that is the same however it was typed, and no fault of the shop's.</summary>
public sealed class TextTests(QuietShop shop) : IClassFixture<QuietShop>
{
    // "한글", as macOS types and names files, and as everybody else does.
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af";
    private const string Together = "\ud55c\uae00";

    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    [Fact]
    public async Task Text_is_stored_composed_and_found_however_it_is_typed()
    {
        var order = await Shopper
            .PlaceAsync(Transfer($" {Apart}{_userId} ", $"{Apart}\u200b"))
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(Codes(Together), Codes(order.GetProperty("recipient").Text("name")));
        Assert.Equal(Codes($"{Together}{_userId}"), Codes(order.GetProperty("bankAccount").Text("depositorName")));
        var found = await shop.CreateAdminClient()
            .GetAsync($"/api/orders?q={Uri.EscapeDataString($"{Apart}{_userId}")}")
            .JsonAsync();
        Assert.Equal(order.Id(), Assert.Single(found.GetProperty("items").EnumerateArray()).Id());
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u3164")]
    [InlineData("김\r\n쇼핑")]
    [InlineData("김\u0007")]
    public async Task Nobody_is_sent_a_parcel_whose_name_nobody_sees(string name) =>
        await Shopper.PlaceAsync(Transfer("홍길동", name)).InvalidAsync("recipient.name");

    [Theory]
    [InlineData("CARD, BANK_TRANSFER")]
    [InlineData("CARD,CARD")]
    [InlineData("card")]
    public async Task A_way_to_pay_is_one_word(string paymentMethod)
    {
        var product = shop.Products.Add("차", 1_000);

        await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "a@example.com",
                    items = new[] { new { productId = product, quantity = 1 } },
                    paymentMethod,
                }
            )
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
        await shop.CreateAdminClient()
            .GetAsync($"/api/orders?paymentMethod={Uri.EscapeDataString(paymentMethod)}")
            .InvalidAsync("paymentMethod");
    }

    [Theory]
    [InlineData("tracestate", "상점=머그컵")]
    [InlineData("traceparent", "머그컵")]
    [InlineData("baggage", "상점=머그컵")]
    [InlineData("Request-Id", "머그컵")]
    [InlineData("Correlation-Context", "상점=머그컵")]
    public async Task What_a_client_says_of_its_trace_ends_no_call_to_another_service(string name, string value)
    {
        var product = shop.Products.Add("차", 1_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = JsonContent.Create(Request(_userId, (product, 1))),
        };
        request.Headers.TryAddWithoutValidation(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        );
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);

        await Shopper.SendAsync(request).JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_reason_that_another_service_has_kept_is_no_reason_to_lose_a_payment()
    {
        var product = shop.Products.Add("차", 1_000);
        var order = await Shopper.PlaceAsync(_userId, product);

        await shop
            .Payments.PostAsJsonAsync(
                $"/internal/orders/{order.Text("orderNumber")}/paid",
                new
                {
                    paymentId = 1_000_000 + _userId,
                    amount = 1_000,
                    actor = "SYSTEM",
                    reason = "두\n줄\0",
                }
            )
            .JsonAsync();
    }

    [Fact]
    public async Task What_was_stored_as_it_was_typed_is_mended()
    {
        var order = await Shopper.PlaceAsync(Transfer("홍길동", "홍길동")).JsonAsync(HttpStatusCode.Created);
        var id = order.Id();
        await Shopper.CancelAsync(id);
        await shop.ExecuteAsync(
            $"UPDATE orders SET recipient_name = {$" {Apart}"}, recipient_address1 = {Apart}, recipient_address2 = {Apart}, depositor_name = {Apart}, email = {$"{Apart}@example.com"} WHERE id = {id}"
        );
        await shop.ExecuteAsync($"UPDATE order_items SET product_name = {Apart} WHERE order_id = {id}");
        await shop.ExecuteAsync($"UPDATE order_status_changes SET reason = {Apart} WHERE order_id = {id}");

        await shop.RunAsync("mend-text");

        var mended = await shop.ScalarAsync<string>(
            $"""
            SELECT CONCAT_WS('|', o.recipient_name, o.recipient_address1, o.recipient_address2, o.depositor_name, o.email,
                i.product_name, c.reason) AS Value
            FROM orders o JOIN order_items i ON i.order_id = o.id JOIN order_status_changes c ON c.order_id = o.id
            WHERE o.id = {id}
            """
        );
        Assert.Equal(
            Codes(
                string.Join(
                    '|',
                    Enumerable.Repeat(Together, 4).Append($"{Together}@example.com").Concat([Together, Together])
                )
            ),
            Codes(mended)
        );
    }

    private static IEnumerable<int> Codes(string text) => text.Select(letter => (int)letter);

    private object Transfer(string depositorName, string name)
    {
        var product = shop.Products.Add("차", 1_000);
        return new
        {
            userId = _userId,
            email = $"user{_userId}@example.com",
            items = new[] { new { productId = product, quantity = 1 } },
            paymentMethod = "BANK_TRANSFER",
            recipient = new
            {
                name,
                phone = "010-1234-5678",
                postalCode = "04524",
                address1 = "세종대로 110",
            },
            depositorName,
        };
    }
}
