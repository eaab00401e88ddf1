using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

public class ReadingTests(OrderShop shop) : IClassFixture<OrderShop>
{
    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    private HttpClient Admin => shop.CreateAdminClient();

    [Fact]
    public async Task Only_the_owner_and_admins_can_read_an_order()
    {
        var order = await Shopper.PlaceAsync(_userId, shop.Products.Add("Pen", 1_000));
        var path = $"/api/orders/{order.Id()}";

        await Shopper.GetAsync(path).JsonAsync();
        await Admin.GetAsync(path).JsonAsync();
        await shop.CreateClientFor(OrderShop.NewUserId())
            .GetAsync(path)
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("/api/orders/999999999")]
    [InlineData("/api/orders/0")]
    [InlineData("/api/orders/-1")]
    [InlineData("/api/orders/99999999999999999999")]
    [InlineData("/api/orders/abc")]
    public async Task An_unknown_order_is_not_found(string path) =>
        await Admin.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task The_list_has_one_s_own_orders_newest_first_page_by_page()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await Shopper.PlaceAsync(_userId, product)).Id());
        }

        var someoneElse = OrderShop.NewUserId();
        await shop.CreateClientFor(someoneElse).PlaceAsync(someoneElse, product);

        var all = await Shopper.GetAsync("/api/orders").JsonAsync();
        Assert.Equal(ids, Ids(all));
        Assert.Equal((1, 20, 5), Numbers(all));

        var second = await Shopper.GetAsync("/api/orders?page=2&size=2").JsonAsync();
        Assert.Equal(ids[2..4], Ids(second));
        Assert.Equal((2, 2, 5), Numbers(second));

        var beyond = await Shopper.GetAsync("/api/orders?page=4&size=2").JsonAsync();
        Assert.Empty(Ids(beyond));
        Assert.Equal((4, 2, 5), Numbers(beyond));

        // Asking for someone else's orders gives nobody's.
        Assert.Empty(Ids(await Shopper.GetAsync($"/api/orders?userId={someoneElse}").JsonAsync()));
    }

    [Fact]
    public async Task The_list_can_be_narrowed_by_status()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var pending = await Shopper.PlaceAsync(_userId, product);
        var cancelled = await Shopper.PlaceAsync(_userId, product);
        await Shopper.CancelAsync(cancelled.Id()).JsonAsync();

        Assert.Equal([cancelled.Id()], Ids(await Shopper.GetAsync("/api/orders?status=CANCELLED").JsonAsync()));
        Assert.Equal([pending.Id()], Ids(await Shopper.GetAsync("/api/orders?status=PENDING").JsonAsync()));
        Assert.Empty(Ids(await Shopper.GetAsync("/api/orders?status=SHIPPING").JsonAsync()));
    }

    [Fact]
    public async Task Admins_find_orders_of_all()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var card = await Shopper.PlaceAsync(_userId, product);
        var transfer = await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = $"find-{_userId}@example.com",
                    items = new[] { new { productId = product, quantity = 1 } },
                    paymentMethod = "BANK_TRANSFER",
                    depositorName = $"김입금{_userId}",
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        await FindsAsync($"userId={_userId}", transfer, card);
        await FindsAsync($"userId={_userId}&paymentMethod=CARD", card);
        await FindsAsync($"q={card.Text("orderNumber")}", card);
        await FindsAsync($"q={card.Text("orderNumber")[12..].ToLowerInvariant()}", card);
        await FindsAsync($"q=FIND-{_userId}@", transfer);
        await FindsAsync($"q=김입금{_userId}", transfer);
        await FindsAsync("q=100%25");
        await FindsAsync("q=_");

        var placed = card.Text("createdAt");
        await FindsAsync($"userId={_userId}&from={placed}", transfer, card);
        await FindsAsync($"userId={_userId}&to={placed}");
        await FindsAsync($"userId={_userId}&to={transfer.Text("createdAt")}", card);
    }

    /// <summary>As a Korean or Japanese keyboard types it, or as somebody else's table has it.</summary>
    [Fact]
    public async Task Admins_find_orders_in_letters_of_any_width()
    {
        var price = 2_000_000 + (int)_userId;
        var product = shop.Products.Add("Odd", price);
        var wide = await PlaceAsync($"{Wide("Kim")}\uff94\uff8f\uff80\uff9e{_userId}");
        var narrow = await PlaceAsync($"kim\u30e4\u30de\u30c0{_userId}");
        var number = wide.Text("orderNumber");

        foreach (var text in new[] { number, number.ToLowerInvariant(), Wide(number), Wide(number.ToLowerInvariant()) })
        {
            await FindsAsync($"q={Uri.EscapeDataString(text)}", wide);
            await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(text[3..])}", wide);
        }

        await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(Wide($"{price:N0}"))}", narrow, wide);
        await FindsAsync($"q={Uri.EscapeDataString(Wide($"wide-{_userId}@EXAMPLE.com"))}", narrow, wide);
        foreach (var name in new[] { "KIM", Wide("kIm"), "\uff94\uff8f\uff80\uff9e", "\u30e4\u30de\u30c0" })
        {
            await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(name)}", narrow, wide);
        }

        await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString("\u30e4\u30de\u30e2")}");

        Task<JsonElement> PlaceAsync(string depositor) =>
            Shopper
                .PlaceAsync(
                    new
                    {
                        userId = _userId,
                        email = $"wide-{_userId}@example.com",
                        items = new[] { new { productId = product, quantity = 1 } },
                        paymentMethod = "BANK_TRANSFER",
                        depositorName = depositor,
                    }
                )
                .JsonAsync(HttpStatusCode.Created);

        static string Wide(string text) =>
            string.Concat(text.Select(letter => letter is > ' ' and <= '~' ? (char)(letter + 0xFEE0) : letter));
    }

    [Fact]
    public async Task Admins_find_deposits_by_the_amount_and_see_the_most_urgent_first()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var price = 1_000_000 + (int)_userId;
        var odd = shop.Products.Add("Odd", price);
        // A card order's deadline comes before a transfer's, whichever was first.
        var transfer = await Shopper
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = $"user{_userId}@example.com",
                    items = new[] { new { productId = odd, quantity = 1 } },
                    paymentMethod = "BANK_TRANSFER",
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        var card = await Shopper.PlaceAsync(_userId, product);

        await FindsAsync($"userId={_userId}", card, transfer);
        await FindsAsync($"userId={_userId}&sort=newest", card, transfer);
        await FindsAsync($"userId={_userId}&sort=payBy", card, transfer);
        await shop.QueryAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"UPDATE orders SET pay_by = '2100-01-01' WHERE id = {card.GetProperty("id").GetInt64()}"
            )
        );
        await FindsAsync($"userId={_userId}&sort=payBy", transfer, card);

        await FindsAsync($"userId={_userId}&q={price}", transfer);
        await FindsAsync($"userId={_userId}&q=%20{price:N0}", transfer);
        await FindsAsync($"userId={_userId}&q={price / 10}");
        await FindsAsync($"userId={_userId}&q={price}00000000000000000000");
        await Admin.GetAsync("/api/orders?sort=pay").InvalidAsync("sort");
    }

    [Fact]
    public async Task A_long_list_is_counted_up_to_five_thousand_and_searched_among_its_newest_ten_thousand()
    {
        // Both words are in no other order.
        var (old, recent) = ($"old{_userId}@example.com", $"new{_userId}@example.com");
        await FillAsync(10_001, old, recent);

        var page = await Admin.GetAsync($"/api/orders?userId={_userId}").JsonAsync();
        Assert.Equal((1, 20, 5_000), Numbers(page));
        var newest = Ids(page).First();
        Assert.Equal([newest], Ids(await Admin.GetAsync($"/api/orders?userId={_userId}&q={recent}").JsonAsync()));
        Assert.Empty(Ids(await Admin.GetAsync($"/api/orders?userId={_userId}&q={old}").JsonAsync()));

        // Its whole number finds the oldest too, and so does a period.
        var oldest = newest - 10_000;
        Assert.Equal([oldest], Ids(await Admin.GetAsync($"/api/orders?q={NumberOf(10_001)}").JsonAsync()));
        var before = $"userId={_userId}&to=2026-01-01T01:00:00Z";
        Assert.Equal([oldest], Ids(await Admin.GetAsync($"/api/orders?{before}&q={old}").JsonAsync()));
        var period = await Admin.GetAsync($"/api/orders?{before}").JsonAsync();
        Assert.Equal((1, 20, 3_600), Numbers(period));
    }

    [Theory]
    [InlineData("page=0&size=101", "page", "size")]
    [InlineData("status=confirmed", "status")]
    [InlineData("status=1&paymentMethod=CASH&userId=0", "status", "paymentMethod", "userId")]
    public async Task A_bad_filter_is_told_field_by_field(string query, params string[] fields) =>
        await Shopper.GetAsync($"/api/orders?{query}").InvalidAsync(fields);

    [Theory]
    [InlineData("page=x", "page")]
    [InlineData("from=yesterday", "from")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query, string field) =>
        await Shopper.GetAsync($"/api/orders?{query}").InvalidAsync(field);

    [Fact]
    public async Task The_service_is_healthy_and_describes_itself()
    {
        var stranger = shop.CreateAnonymousClient();

        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/alive")).StatusCode);
        var paths = (await stranger.GetAsync("/openapi/v1.json").JsonAsync()).GetProperty("paths");
        Assert.Equal(
            [
                "/api/orders",
                "/api/orders/export",
                "/api/orders/outbox",
                "/api/orders/outbox/{id}/retry",
                "/api/orders/statistics",
                "/api/orders/{id}",
                "/api/orders/{id}/cancel",
                "/api/orders/{id}/status",
            ],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal)
        );
    }

    private string NumberOf(int age) => $"20260101-{_userId:D10}{age:D10}";

    /// <summary>Adds so many orders, a second apart from 2026 on; the first and the last have an e-mail address of their own.</summary>
    private Task<int> FillAsync(int count, string first, string last) =>
        shop.QueryAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO orders (order_number, user_id, email, status, total_price, payment_method, pay_by, created_at,
                    updated_at)
                WITH digits AS (
                    SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                    UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
                ), numbers AS (
                    SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
                    FROM digits a, digits b, digits c, digits e, digits f
                )
                SELECT CONCAT('20260101-', LPAD({_userId}, 10, '0'), LPAD({count} - n, 10, '0')), {_userId},
                    CASE n WHEN 0 THEN {first} WHEN {count} - 1 THEN {last} ELSE 'a@example.com' END, 'DELIVERED', 1000,
                    'CARD', '2026-01-01', TIMESTAMPADD(SECOND, n, '2026-01-01'), '2026-01-01'
                FROM numbers WHERE n < {count} ORDER BY n
                """
            )
        );

    private async Task FindsAsync(string query, params JsonElement[] orders) =>
        Assert.Equal(orders.Select(order => order.Id()), Ids(await Admin.GetAsync($"/api/orders?{query}").JsonAsync()));

    private static IEnumerable<long> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(order => order.Id());

    private static (int Page, int Size, int Total) Numbers(JsonElement page) =>
        (
            page.GetProperty("page").GetInt32(),
            page.GetProperty("size").GetInt32(),
            page.GetProperty("total").GetInt32()
        );
}
