using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.OrderService.Orders;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

public class PlacingTests(OrderShop shop) : IClassFixture<OrderShop>
{
    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    [Fact]
    public async Task Three_fields_are_enough_for_a_card_order()
    {
        var tea = shop.Products.Add("Green tea", 12_000);
        var cup = shop.Products.Add("Cup", 8_500.00m, stock: 5);

        var answer = await Shopper.PlaceAsync(Request(_userId, (tea, 2), (cup, 1)));

        var order = await answer.JsonAsync(HttpStatusCode.Created);
        Assert.Equal($"/api/orders/{order.Id()}", answer.Headers.Location?.OriginalString);
        Assert.Matches("^[A-Za-z0-9_-]{20,64}$", order.Text("orderNumber"));
        Assert.Equal(_userId, order.GetProperty("userId").GetInt64());
        Assert.Equal($"user{_userId}@example.com", order.Text("email"));
        Assert.Equal("PENDING", order.Text("status"));
        Assert.Equal("CARD", order.Text("paymentMethod"));
        Assert.Equal("32500", order.GetProperty("totalPrice").GetRawText());
        Assert.Equal(
            [(tea, "Green tea", "12000", 2), (cup, "Cup", "8500", 1)],
            order
                .GetProperty("items")
                .EnumerateArray()
                .Select(item =>
                    (
                        item.GetProperty("productId").GetInt64(),
                        item.Text("productName"),
                        item.GetProperty("price").GetRawText(),
                        item.GetProperty("quantity").GetInt32()
                    )
                )
        );
        Assert.False(order.TryGetProperty("bankAccount", out _));
        Assert.Equal(TimeSpan.FromMinutes(30), PayWindow(order));
        Assert.EndsWith("Z", order.Text("createdAt"), StringComparison.Ordinal);
        Assert.Equal((98, 4), (shop.Products.StockOf(tea), shop.Products.StockOf(cup)));
    }

    [Fact]
    public async Task What_is_answered_is_what_is_stored()
    {
        var placed = await Shopper.PlaceAsync(BankTransfer(recipient: true)).JsonAsync(HttpStatusCode.Created);

        var read = await Shopper.GetAsync($"/api/orders/{placed.Id()}").JsonAsync();

        Assert.All(
            placed.EnumerateObject(),
            member => Assert.Equal(member.Value.GetRawText(), read.GetProperty(member.Name).GetRawText())
        );
        Assert.Empty(read.GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task A_bank_transfer_is_told_where_to_and_until_when()
    {
        var order = await Shopper.PlaceAsync(BankTransfer(recipient: true)).JsonAsync(HttpStatusCode.Created);

        var account = order.GetProperty("bankAccount");
        Assert.NotEmpty(account.Text("bank"));
        Assert.NotEmpty(account.Text("accountNumber"));
        Assert.NotEmpty(account.Text("holder"));
        Assert.Equal("홍길동", account.Text("depositorName"));
        Assert.Equal(TimeSpan.FromDays(3), PayWindow(order));
        Assert.Equal("서울시 중구 세종대로 110", order.GetProperty("recipient").Text("address1"));
    }

    [Fact]
    public async Task Without_a_recipient_the_depositor_is_the_user()
    {
        var order = await Shopper.PlaceAsync(BankTransfer(recipient: false)).JsonAsync(HttpStatusCode.Created);

        Assert.Equal($"User {_userId}", order.GetProperty("bankAccount").Text("depositorName"));
        Assert.False(order.TryGetProperty("recipient", out _));
    }

    [Fact]
    public async Task A_depositor_who_is_named_wins()
    {
        var order = await Shopper
            .PlaceAsync(BankTransfer(recipient: true, depositorName: "Company Ltd"))
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal("Company Ltd", order.GetProperty("bankAccount").Text("depositorName"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 　")]
    public async Task A_depositor_of_nothing_but_blanks_is_none(string depositorName)
    {
        var order = await Shopper
            .PlaceAsync(BankTransfer(recipient: true, depositorName))
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal("홍길동", order.GetProperty("bankAccount").Text("depositorName"));
    }

    [Fact]
    public async Task A_depositor_has_no_blanks_around()
    {
        var order = await Shopper
            .PlaceAsync(BankTransfer(recipient: true, depositorName: " Company Ltd "))
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal("Company Ltd", order.GetProperty("bankAccount").Text("depositorName"));
    }

    [Fact]
    public async Task What_no_card_can_pay_is_not_ordered_and_takes_no_stock()
    {
        var sticker = shop.Products.Add("Sticker", 33);

        var problem = await Shopper
            .PlaceAsync(Request(_userId, "CARD", (sticker, 3)))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "total_too_small");

        Assert.Equal((99, 100), (problem.GetProperty("total").GetInt64(), problem.GetProperty("least").GetInt64()));
        Assert.Equal(100, shop.Products.StockOf(sticker));
        await Shopper.PlaceAsync(Request(_userId, "CARD", (sticker, 4))).JsonAsync(HttpStatusCode.Created);
        await Shopper.PlaceAsync(Request(_userId, "BANK_TRANSFER", (sticker, 1))).JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_product_twice_is_summed()
    {
        var product = shop.Products.Add("Pen", 1_000);

        var order = await Shopper
            .PlaceAsync(Request(_userId, (product, 2), (product, 3)))
            .JsonAsync(HttpStatusCode.Created);

        var line = Assert.Single(order.GetProperty("items").EnumerateArray());
        Assert.Equal(5, line.GetProperty("quantity").GetInt32());
        Assert.Equal(5_000, order.GetProperty("totalPrice").GetInt64());
        Assert.Equal(95, shop.Products.StockOf(product));
    }

    [Fact]
    public async Task Nobody_orders_for_someone_else_not_even_an_admin()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var request = Request(_userId + 1_000_000, (product, 1));

        await Shopper.PlaceAsync(request).ProblemAsync(HttpStatusCode.Forbidden, "not_your_account");
        await shop.CreateAdminClient().PlaceAsync(request).ProblemAsync(HttpStatusCode.Forbidden, "not_your_account");
        Assert.Equal(100, shop.Products.StockOf(product));
    }

    [Fact]
    public async Task A_user_who_is_gone_cannot_order()
    {
        var product = shop.Products.Add("Pen", 1_000);

        await shop.CreateClientFor(FakeUsers.UnknownId)
            .PlaceAsync(Request(FakeUsers.UnknownId, (product, 1)))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_user");

        Assert.Equal(100, shop.Products.StockOf(product));
    }

    [Fact]
    public async Task Too_little_stock_is_told_for_each_product_and_nothing_is_taken()
    {
        var plenty = shop.Products.Add("Plenty", 1_000);
        var scarce = shop.Products.Add("Scarce", 1_000, stock: 2);

        var problem = await Shopper
            .PlaceAsync(Request(_userId, (plenty, 1), (scarce, 3)))
            .ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");

        var shortage = Assert.Single(problem.GetProperty("items").EnumerateArray());
        Assert.Equal(scarce, shortage.GetProperty("productId").GetInt64());
        Assert.Equal(3, shortage.GetProperty("requested").GetInt32());
        Assert.Equal(2, shortage.GetProperty("available").GetInt32());
        Assert.Equal(100, shop.Products.StockOf(plenty));
        Assert.False(await shop.QueryAsync(database => database.Orders.AnyAsync(order => order.UserId == _userId)));
    }

    [Fact]
    public async Task What_costs_as_much_as_expected_is_ordered()
    {
        var tea = shop.Products.Add("Green tea", 12_000);
        var cup = shop.Products.Add("Cup", 8_500);
        var gift = shop.Products.Add("Gift", 0);

        var order = await Shopper.PlaceAsync(Expecting(32_500, (tea, 2), (cup, 1))).JsonAsync(HttpStatusCode.Created);
        await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "gift@example.com",
                    items = new[] { new { productId = gift, quantity = 1 } },
                    paymentMethod = "BANK_TRANSFER",
                    expectedTotal = 0,
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(32_500, order.GetProperty("totalPrice").GetInt64());
        Assert.Equal(98, shop.Products.StockOf(tea));
    }

    [Theory]
    [InlineData(13_000)]
    [InlineData(11_000)]
    public async Task What_costs_something_else_than_expected_is_not_ordered(long priceNow)
    {
        var tea = shop.Products.Add("Green tea", 12_000);
        var cup = shop.Products.Add("Cup", 8_500);
        shop.Products.Reprice(tea, priceNow);

        var problem = await Shopper
            .PlaceAsync(Expecting(32_500, (tea, 2), (cup, 1)))
            .ProblemAsync(HttpStatusCode.Conflict, "price_changed");

        Assert.Equal("32500", problem.GetProperty("expectedTotal").GetRawText());
        Assert.Equal($"{2 * priceNow + 8_500}", problem.GetProperty("total").GetRawText());
        Assert.Equal(
            [
                $$"""{"productId":{{tea}},"productName":"Green tea","price":{{priceNow}},"quantity":2}""",
                $$"""{"productId":{{cup}},"productName":"Cup","price":8500,"quantity":1}""",
            ],
            problem.GetProperty("items").EnumerateArray().Select(item => item.GetRawText())
        );
        Assert.Equal((100, 100), (shop.Products.StockOf(tea), shop.Products.StockOf(cup)));
        Assert.False(await shop.QueryAsync(database => database.Orders.AnyAsync(order => order.UserId == _userId)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public Task Nobody_expects_to_be_paid_for_ordering(long expectedTotal) =>
        Shopper.PlaceAsync(Expecting(expectedTotal, (1, 1))).InvalidAsync("expectedTotal");

    [Fact]
    public async Task Unknown_products_are_told()
    {
        var problem = await Shopper
            .PlaceAsync(Request(_userId, (987_654, 1)))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_product");

        Assert.Equal([987_654], problem.GetProperty("productIds").EnumerateArray().Select(id => id.GetInt64()));
    }

    [Fact]
    public async Task Bad_input_is_told_field_by_field()
    {
        await Shopper.PlaceAsync(new { }).InvalidAsync("userId", "email", "items");
        await Shopper
            .PlaceAsync(
                new
                {
                    userId = 0,
                    email = "nobody",
                    items = Array.Empty<object>(),
                    depositorName = new string('x', 51),
                }
            )
            .InvalidAsync("userId", "email", "items", "depositorName");
        await Shopper
            .PlaceAsync(Request(_userId, (0, 1), (1, 0), (2, 1000), (3, -1)))
            .InvalidAsync("items[0].productId", "items[1].quantity", "items[2].quantity", "items[3].quantity");
        await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = new string('a', 100) + "@example.com",
                    items = new[] { new { productId = 1 } },
                    recipient = new { name = "", phone = "call me" },
                }
            )
            .InvalidAsync(
                "email",
                "items[0].quantity",
                "recipient.name",
                "recipient.phone",
                "recipient.postalCode",
                "recipient.address1"
            );
    }

    [Fact]
    public async Task An_order_has_at_most_50_lines_and_999_of_a_product()
    {
        await Shopper
            .PlaceAsync(Request(_userId, [.. Enumerable.Range(1, 51).Select(id => ((long)id, 1))]))
            .InvalidAsync("items");
        await Shopper.PlaceAsync(Request(_userId, (1, 500), (1, 500))).InvalidAsync("items");
        await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "a@example.com",
                    items = new object?[] { null },
                }
            )
            .InvalidAsync("items");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"userId":"1"}""")]
    [InlineData("""{"paymentMethod":"CASH"}""")]
    [InlineData("""{"paymentMethod":1}""")]
    [InlineData("""{"expectedTotal":"1000"}""")]
    [InlineData("""{"expectedTotal":1000.5}""")]
    public async Task A_body_that_cannot_be_read_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await Shopper.PostAsync("/api/orders", content).ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        var stranger = shop.CreateAnonymousClient();

        await stranger.PlaceAsync(new { }).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await stranger.GetAsync("/api/orders").ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await stranger
            .WithToken(TestTokens.ForgedAccessToken(_userId))
            .GetAsync("/api/orders")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Orders_are_counted_by_payment_method()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (
                instrument is { Name: "msashop.orders.created", Meter.Name: OrderMetrics.MeterName }
                && instrument.Meter.Scope == shop.Services.GetRequiredService<IMeterFactory>()
            )
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted.Add($"{count} {tags[0].Value}"));
        listener.Start();

        await Shopper.PlaceAsync(_userId, shop.Products.Add("Pen", 1_000));
        await Shopper.PlaceAsync(BankTransfer(recipient: false)).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(["1 CARD", "1 BANK_TRANSFER"], counted);
    }

    private static TimeSpan PayWindow(JsonElement order) =>
        order.GetProperty("payBy").GetDateTime() - order.GetProperty("createdAt").GetDateTime();

    private object Expecting(long expectedTotal, params (long ProductId, int Quantity)[] lines) =>
        Request(_userId, expectedTotal, lines);

    private object BankTransfer(bool recipient, string? depositorName = null) =>
        new
        {
            userId = _userId,
            email = "orders@example.com",
            items = new[] { new { productId = shop.Products.Add("Book", 15_000), quantity = 1 } },
            paymentMethod = "BANK_TRANSFER",
            recipient = recipient
                ? new
                {
                    name = "홍길동",
                    phone = "010-1234-5678",
                    postalCode = "04524",
                    address1 = "서울시 중구 세종대로 110",
                    address2 = "3층",
                }
                : null,
            depositorName,
        };
}
