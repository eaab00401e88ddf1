using System.Globalization;
using System.Net;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;
using MySqlConnector;

namespace MsaShop.Bench.Benchmarks;

/// <summary>Each process's time per request, and the databases' traffic: the input of docs/scale.md.</summary>
internal sealed class Costs : IBenchmark
{
    private const int Requests = 1000;

    // By then the runtime has reached its highest compilation tier.
    private const int WarmUps = 3000;
    private const int Connections = 4;
    private const string Milliseconds = "ms";

    // The server's status variables, and their names in the report. Some exist in MariaDB only.
    private static readonly (string Status, string Unit)[] s_counted =
    [
        ("Questions", "statements"),
        ("Bytes_received", "bytes in"),
        ("Bytes_sent", "bytes out"),
        ("Innodb_os_log_written", "bytes of redo log"),
        ("Binlog_bytes_written", "bytes of binary log"),
    ];

    public string Name => "costs";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var gateway = shop["gateway-svc"].Address;
        await Shopper.WarmUpAsync(gateway);
        var cards = await Shopper.PrepareCardsAsync(shop, WarmUps + Requests);
        return
        [
            .. await MeasureAsync(
                shop,
                "an order",
                HttpStatusCode.Created,
                buyer => Shopper.Order(gateway, buyer, (buyer % ShopData.Products) + 1)
            ),
            .. await MeasureAsync(shop, "a card's confirmation", HttpStatusCode.OK, number => cards[number]()),
            .. await MeasureAsync(
                shop,
                "a page of 20 products",
                HttpStatusCode.OK,
                _ => new(HttpMethod.Get, new Uri(gateway, "api/products?size=20"))
            ),
            .. await MeasureAsync(
                shop,
                "a product",
                HttpStatusCode.OK,
                number => new(HttpMethod.Get, new Uri(gateway, $"api/products/{(number % ShopData.Products) + 1}"))
            ),
            .. await MeasureAsync(
                shop,
                "one's own orders",
                HttpStatusCode.OK,
                number => Shopper.Get(new Uri(gateway, "api/orders"), Shopper.TokenOf(number))
            ),
        ];
    }

    private static async Task<Row[]> MeasureAsync(
        Shop shop,
        string work,
        HttpStatusCode expected,
        Func<int, HttpRequestMessage> requestOf
    )
    {
        await Rush.SendAsync(WarmUps, requestOf, Connections, expected);
        var before = await ReadAsync(shop);
        await Rush.SendAsync(Requests, number => requestOf(WarmUps + number), Connections, expected);
        var each = (await ReadAsync(shop))
            .Zip(before, (now, then) => now with { Amount = (now.Amount - then.Amount) / Requests })
            // Less than this is background activity.
            .Where(use => use.Amount >= (use.Unit == Milliseconds ? 0.02 : 0.5))
            .ToLookup(use => use.Unit == Milliseconds);
        return
        [
            Row.Fact($"{work}: processor time", "", Text(each[true]), $"{Text(each[true].Sum(use => use.Amount))} ms"),
            Row.Fact($"{work}: its databases", "", Text(each[false]), ""),
        ];
    }

    /// <summary>The total use so far by the services and the database servers.</summary>
    private static async Task<List<Use>> ReadAsync(Shop shop)
    {
        List<Use> uses =
        [
            .. shop.ProcessorTimes()
                .Select(service => new Use(service.Key, Milliseconds, service.Value.TotalMilliseconds)),
        ];
        // paymentdb is on orderdb's server.
        foreach (var database in new[] { shop.UserDatabase, shop.ProductDatabase, shop.OrderDatabase })
        {
            var name = new MySqlConnectionStringBuilder(database).Database;
            uses.Add(new(name, Milliseconds, (await ShopData.ServerTimeAsync(database)).TotalMilliseconds));
            foreach (var (status, unit) in s_counted)
            {
                uses.Add(new(name, unit, await ShopData.StatusAsync(database, status)));
            }
        }

        return uses;
    }

    private static string Text(IEnumerable<Use> uses) =>
        string.Join(
            "; ",
            uses.GroupBy(use => use.Who)
                .Select(who => $"{who.Key} {string.Join(", ", who.Select(use => $"{Text(use.Amount)} {use.Unit}"))}")
        );

    private static string Text(double amount) =>
        Math.Round(amount, amount < 20 ? 2 : 0).ToString(CultureInfo.InvariantCulture);

    private sealed record Use(string Who, string Unit, double Amount);
}
