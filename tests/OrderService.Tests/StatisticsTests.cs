using System.Net;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>What an administrator sees at a glance. Each test has a time of its own, long before the orders of others.</summary>
public sealed class StatisticsTests(QuietShop shop) : IClassFixture<QuietShop>
{
    private static int s_lastOrder;

    private HttpClient Admin => shop.CreateAdminClient();

    [Fact]
    public async Task Orders_and_sales_are_counted_by_day_and_by_status()
    {
        // In Korea the 2nd of March begins at three in the afternoon of the 1st, UTC.
        await AddAsync("2020-03-01 14:59:59.999999", "CONFIRMED", 10_000);
        await AddAsync("2020-03-01 15:00:00", "SHIPPING", 20_000);
        await AddAsync("2020-03-02 03:00:00", "DELIVERED", 30_000);
        await AddAsync("2020-03-02 03:00:00", "PENDING", 1_000);
        await AddAsync("2020-03-02 03:00:00", "CANCELLED", 2_000);
        await AddAsync("2020-03-04 14:59:59.5", "CONFIRMED", 40_000);
        await AddAsync("2020-03-04 15:00:00", "CONFIRMED", 80_000);

        var statistics = await ReadAsync("from=2020-03-02&to=2020-03-04");

        Assert.Equal("2020-03-02", statistics.Text("from"));
        Assert.Equal("2020-03-04", statistics.Text("to"));
        Assert.Equal("Asia/Seoul", statistics.Text("timeZone"));
        Assert.Equal(4, statistics.GetProperty("orders").GetInt64());
        Assert.Equal("90000", statistics.GetProperty("sales").GetRawText());
        Assert.Equal([("2020-03-02", 3, 50_000), ("2020-03-03", 0, 0), ("2020-03-04", 1, 40_000)], DaysOf(statistics));
        Assert.Equal(
            [
                ("PENDING", 1, 1_000),
                ("CONFIRMED", 1, 40_000),
                ("SHIPPING", 1, 20_000),
                ("DELIVERED", 1, 30_000),
                ("CANCELLED", 1, 2_000),
            ],
            statistics
                .GetProperty("byStatus")
                .EnumerateArray()
                .Select(status => (status.Text("status"), Number(status, "orders"), Number(status, "total")))
        );
    }

    [Fact]
    public async Task Days_are_as_long_as_the_clocks_make_them()
    {
        // On the 14th of March 2021 New York's clocks went forward: a day of 23 hours, from 5:00 to 4:00 UTC.
        await AddAsync("2021-03-14 04:59:59", "CONFIRMED", 1_000);
        await AddAsync("2021-03-14 05:00:00", "CONFIRMED", 2_000);
        await AddAsync("2021-03-15 03:59:59", "CONFIRMED", 4_000);
        await AddAsync("2021-03-15 04:00:00", "CONFIRMED", 8_000);
        // And on the 7th of November back: 25 hours, from 4:00 to 5:00 UTC.
        await AddAsync("2021-11-07 04:00:00", "CONFIRMED", 16_000);
        await AddAsync("2021-11-08 04:59:59", "CONFIRMED", 32_000);
        await AddAsync("2021-11-08 05:00:00", "CONFIRMED", 64_000);

        Assert.Equal(
            [("2021-03-13", 1, 1_000), ("2021-03-14", 2, 6_000), ("2021-03-15", 1, 8_000)],
            DaysOf(await ReadAsync("from=2021-03-13&to=2021-03-15&timeZone=America/New_York"))
        );
        Assert.Equal(
            [("2021-11-07", 2, 48_000), ("2021-11-08", 1, 64_000)],
            DaysOf(await ReadAsync("from=2021-11-07&to=2021-11-08&timeZone=America/New_York"))
        );
        // Havana's midnight came twice on that day, and Cairo's of the 26th of April 2024 never.
        Assert.Equal(
            [("2021-11-07", 2, 48_000), ("2021-11-08", 1, 64_000)],
            DaysOf(await ReadAsync("from=2021-11-07&to=2021-11-08&timeZone=America/Havana"))
        );
        await AddAsync("2024-04-25 21:59:59", "CONFIRMED", 1_000);
        await AddAsync("2024-04-25 22:00:00", "CONFIRMED", 2_000);
        Assert.Equal(
            [("2024-04-25", 1, 1_000), ("2024-04-26", 1, 2_000)],
            DaysOf(await ReadAsync("from=2024-04-25&to=2024-04-26&timeZone=Africa/Cairo"))
        );
    }

    [Fact]
    public async Task What_sold_best_comes_first_under_its_last_name()
    {
        for (var product = 1; product <= 12; product++)
        {
            await AddAsync("2022-05-01 00:00:00", "DELIVERED", product * 100, (product, $"Product {product}", product));
        }

        await AddAsync("2022-05-01 00:00:00", "PENDING", 9_900, (1, "Product 1", 99));
        await AddAsync("2022-05-01 00:00:00", "CONFIRMED", 1_000, (3, "Product 3, renamed", 10));

        var best = (await ReadAsync("from=2022-05-01&to=2022-05-01")).GetProperty("bestSellers");

        Assert.Equal(
            [
                (3, "Product 3, renamed", 13, 1_300),
                (12, "Product 12", 12, 1_200),
                (11, "Product 11", 11, 1_100),
                (10, "Product 10", 10, 1_000),
                (9, "Product 9", 9, 900),
                (8, "Product 8", 8, 800),
                (7, "Product 7", 7, 700),
                (6, "Product 6", 6, 600),
                (5, "Product 5", 5, 500),
                (4, "Product 4", 4, 400),
            ],
            best.EnumerateArray()
                .Select(product =>
                    (
                        Number(product, "productId"),
                        product.Text("productName"),
                        Number(product, "quantity"),
                        Number(product, "sales")
                    )
                )
        );
    }

    [Fact]
    public async Task A_period_without_orders_has_all_its_days()
    {
        var statistics = await ReadAsync("from=2019-01-01&to=2019-04-02&timeZone=UTC");

        var days = DaysOf(statistics).ToList();
        Assert.Equal(92, days.Count);
        Assert.Equal(("2019-01-01", 0, 0), days[0]);
        Assert.Equal(("2019-04-02", 0, 0), days[^1]);
        Assert.Equal(0, statistics.GetProperty("orders").GetInt64());
        Assert.Empty(statistics.GetProperty("bestSellers").EnumerateArray());
    }

    [Fact]
    public async Task By_default_it_is_the_last_thirty_days()
    {
        var days = DaysOf(await ReadAsync("timeZone=Pacific/Kiritimati")).ToList();

        Assert.Equal(30, days.Count);
        var there = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTime.UtcNow, "Pacific/Kiritimati");
        // Midnight may have come since.
        Assert.Contains(days[^1].Date, new[] { $"{there:yyyy-MM-dd}", $"{there.AddDays(-1):yyyy-MM-dd}" });
    }

    [Theory]
    [InlineData("from=2020-03-02&to=2020-03-01", "from")]
    [InlineData("from=2020-01-01&to=2020-04-02", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("from=0001-01-01&to=2020-01-01", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-02-30", "from")]
    [InlineData("timeZone=Mars/Olympus", "timeZone")]
    [InlineData("timeZone=../../../etc/hostname", "timeZone")]
    [InlineData("timeZone=Korea Standard Time", "timeZone")]
    [InlineData("timeZone=9", "timeZone")]
    public async Task A_bad_period_is_told_field_by_field(string query, string field) =>
        await Admin.GetAsync($"/api/orders/statistics?{query}").InvalidAsync(field);

    [Fact]
    public async Task Only_administrators_see_them()
    {
        const string Path = "/api/orders/statistics";
        await shop.CreateAnonymousClient().GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await shop.CreateClientFor(1).GetAsync(Path).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<JsonElement> ReadAsync(string query) => Admin.GetAsync($"/api/orders/statistics?{query}").JsonAsync();

    private static IEnumerable<(string Date, long Orders, long Sales)> DaysOf(JsonElement statistics) =>
        statistics
            .GetProperty("days")
            .EnumerateArray()
            .Select(day => (day.Text("date"), Number(day, "orders"), Number(day, "sales")));

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private async Task AddAsync(
        string createdAt,
        string status,
        int total,
        params (long ProductId, string Name, int Quantity)[] items
    )
    {
        var number = $"S-{Interlocked.Increment(ref s_lastOrder)}";
        await shop.ExecuteAsync(
            $"""
            INSERT INTO orders (order_number, user_id, email, status, total_price, payment_method, pay_by, created_at,
                updated_at)
            VALUES ({number}, 1, 'a@example.com', {status}, {total}, 'CARD', {createdAt}, {createdAt}, {createdAt})
            """
        );
        foreach (var (productId, name, quantity) in items)
        {
            await shop.ExecuteAsync(
                $"""
                INSERT INTO order_items (order_id, product_id, product_name, price, quantity)
                SELECT id, {productId}, {name}, 100, {quantity} FROM orders WHERE order_number = {number}
                """
            );
        }
    }
}
