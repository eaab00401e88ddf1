using System.Globalization;
using System.Net;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;
using static System.FormattableString;

namespace MsaShop.Bench.Benchmarks;

/// <summary>The same requests, one at a time, to an order-svc with no orders, a million and ten million.</summary>
internal sealed class OrderGrowth : IBenchmark
{
    private const double Limit = 1.5;

    // Shoppers whose first page of orders is full.
    private const int Regulars = 64;
    private const int OrdersEach = 20;

    private static readonly int[] s_sizes = [0, 1_000_000, 10_000_000];

    private static readonly string s_admin = TestTokens.AccessToken(1, admin: true, lifetime: TimeSpan.FromHours(3));

    public string Name => "order-growth";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var sizes = new List<Size>();
        try
        {
            foreach (var size in s_sizes)
            {
                Console.WriteLine($"    filling with {size:N0} orders");
                var (service, database) = await shop.StartOrdersAsync(
                    sizes.Count,
                    database => OrderHistory.FillAsync(database, size)
                );
                sizes.Add(new Size(service.Address, database));
                await Shopper.WarmUpAsync(service.Address);
                await FillPagesAsync(sizes[^1]);
            }

            (string Work, Func<Size, Task<Sample>> MeasureAsync)[] works =
            [
                ("an order placed", size => OrderAsync(size, Shopper.Next(100), 100, connections: 1)),
                (
                    "a shopper's orders",
                    size => GetAsync(size, "api/orders", number => Shopper.TokenOf(number % Regulars))
                ),
                ("all orders, for an admin", size => GetAsync(size, "api/orders", _ => s_admin)),
                (
                    "all that await money, for an admin",
                    size => GetAsync(size, "api/orders?status=PENDING", _ => s_admin)
                ),
                ("the feed, for payment-svc", ReadFeedAsync),
            ];
            var series = await SideBySide.RunAsync(
                5,
                [
                    .. from work in works
                    from size in s_sizes.Zip(sizes)
                    select new Contender($"{work.Work}, {size.First:N0}", () => work.MeasureAsync(size.Second)),
                ]
            );
            return [.. works.Zip(series.Chunk(s_sizes.Length), (work, each) => RowOf(work.Work, each))];
        }
        finally
        {
            foreach (var size in sizes)
            {
                await DropAsync(size.Database);
            }
        }
    }

    private static Row RowOf(string work, Series[] sizes)
    {
        var growth = sizes[^1].Time / sizes[0].Time;
        return new(
            $"{work}: {string.Join(", ", s_sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} orders",
            "itself, with none",
            string.Join(", ", sizes.Select(size => Invariant($"{size.Time.TotalMilliseconds:F2} ms"))),
            "",
            Invariant($"{growth:F2} times"),
            Invariant($"≤ {Limit:F1} times"),
            Limit / growth
        );
    }

    /// <summary>Fills the regulars' first pages with orders, each marked as paid before the next.</summary>
    private static async Task FillPagesAsync(Size size)
    {
        const int AtOnce = 5;
        await using var connection = await ShopData.OpenAsync(size.Database);
        for (var each = 0; each < OrdersEach; each += AtOnce)
        {
            for (var one = 0; one < AtOnce; one++)
            {
                await OrderAsync(size, first: 0, Regulars, connections: 4);
            }

            await ShopData.ExecuteAsync(
                connection,
                Invariant(
                    $"""
                    UPDATE orders SET status = 'CONFIRMED'
                    WHERE status = 'PENDING' AND user_id BETWEEN {ShopData.Users[0]} AND {ShopData.Users[Regulars - 1]}
                    """
                )
            );
        }
    }

    private static async Task<Sample> OrderAsync(Size size, int first, int count, int connections)
    {
        var (sample, _) = await Rush.SendAsync(
            count,
            buyer => Shopper.Order(size.Address, first + buyer, (buyer % ShopData.Products) + 1),
            connections,
            HttpStatusCode.Created
        );
        return sample;
    }

    private static Task<Sample> GetAsync(Size size, string path, Func<int, string> tokenOf) =>
        SendAsync(index => Shopper.Get(new Uri(size.Address, path), tokenOf(index)));

    /// <summary>Reads the last hundred events, like a reader that keeps up.</summary>
    private static async Task<Sample> ReadFeedAsync(Size size)
    {
        var token = TestTokens.ServiceToken(ServiceNames.Payments, ServiceNames.Orders);
        var last = await ShopData.CountAsync(size.Database, "SELECT last_position FROM order_feed");
        var address = new Uri(size.Address, $"internal/orders/events?after={Math.Max(0, last - 100)}");
        return await SendAsync(_ => Shopper.Get(address, token));
    }

    private static async Task<Sample> SendAsync(Func<int, HttpRequestMessage> requestOf)
    {
        var (sample, _) = await Rush.SendAsync(200, requestOf, connections: 1, HttpStatusCode.OK);
        return sample;
    }

    /// <summary>The servers outlive this benchmark; its gigabytes should not.</summary>
    private static async Task DropAsync(string database)
    {
        await using var connection = await ShopData.OpenAsync(database);
        await ShopData.ExecuteAsync(connection, $"DROP DATABASE `{connection.Database}`");
    }

    private sealed record Size(Uri Address, string Database);
}
