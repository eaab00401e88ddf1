using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;
using MsaShop.Bench.Simulating;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;
using static System.FormattableString;

namespace MsaShop.Bench.Benchmarks;

/// <summary>
/// Ten thousand buyers of one product at product-svc, compared with as many buyers of all products; and a simulation,
/// with the times measured here, of other ways to keep its stock.
/// </summary>
internal sealed class HotSpot : IBenchmark
{
    private const int Buyers = 10_000;
    private const int FewUnits = 100;
    private const int Rounds = 3;

    private static readonly int[] s_connections = [1, 16, 64];

    private static readonly StockDesign[] s_designs =
    [
        new("as it is: one row"),
        new("sold out is answered without the lock", RefusesWithoutLock: true),
        new("10 buckets", Buckets: 10, RefusesWithoutLock: true),
        new("20 takes a transaction", Group: 20, RefusesWithoutLock: true),
        new("a token for each unit, in memory", HandsOutTokens: true),
        new("a token for each unit, 20 takes a transaction", Group: 20, HandsOutTokens: true),
    ];

    private readonly string _run = Guid.NewGuid().ToString("N")[..12];
    private int _products;
    private int _orders;

    public string Name => "hot-spot";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        List<Row> rows = [];
        foreach (var connections in s_connections)
        {
            // A tenth of the buyers per round shows the same in less time.
            var series = await SideBySide.RunAsync(
                Rounds,
                new($"all products, {connections} at once", () => TakeAsync(shop, Buyers / 10, null, connections)),
                new($"one product, {connections} at once", () => SellAsync(shop, Buyers / 10, Buyers / 10, connections))
            );
            rows.Add(
                Row.Fact($"stock taken of one product, {connections} at once", "of all products", series[1], series[0])
            );
        }

        var before = await TimeOfAsync(shop);
        var spread = await TakeAsync(shop, Buyers, null, 16);
        var work = (await TimeOfAsync(shop) - before).TotalMilliseconds / Buyers;
        var all = await SellAsync(shop, Buyers, Buyers, 16);
        var few = await SellAsync(shop, Buyers, FewUnits, 16);
        rows.Add(Row.Fact($"{Buyers:N0} buyers, {Buyers:N0} units", "of all products", Once(all), Once(spread)));
        rows.Add(
            Row.Fact(
                $"{Buyers:N0} buyers, {FewUnits} units: the others refused",
                "of all products",
                Once(few),
                Once(spread)
            )
        );
        rows.AddRange(Simulate(new TakeCosts(work, 1000 / all.Rate, 1000 / few.Rate, Cores: 2, Connections: 30)));
        return rows;
    }

    /// <summary>Simulates the sale on the measured machine, and on one with eight times the processors.</summary>
    private static IEnumerable<Row> Simulate(TakeCosts measured) =>
        from costs in new[] { measured, measured with { Cores = measured.Cores * 8, Connections = 240 } }
        from units in new[] { Buyers, FewUnits }
        from design in s_designs
        let today = HotProduct.Sell(Buyers, units, costs, s_designs[0])
        let outcome = HotProduct.Sell(Buyers, units, costs, design)
        select Row.Fact(
            Invariant($"simulated, {costs.Cores} cores, {Buyers:N0} buyers, {units:N0} units: {design.Name}"),
            "",
            Invariant(
                $"{outcome.Sold:N0} sold in {outcome.SoldOutAfter / 1000:F2} s, all answered in {outcome.AllAnsweredAfter / 1000:F2} s, median {outcome.Median / 1000:F2} s"
            ),
            Invariant($"{today.AllAnsweredAfter / outcome.AllAnsweredAfter:F1} times as fast")
        );

    /// <summary>Sells a product with so many units, and checks that it was sold as often as possible.</summary>
    private async Task<Sample> SellAsync(Shop shop, int buyers, int units, int connections)
    {
        var product = ShopData.FlashProduct + _products++;
        await ShopData.AddProductsAsync(shop, product, product, units);
        var sample = await TakeAsync(shop, buyers, product, connections);
        var left = await ShopData.CountAsync(shop.ProductDatabase, $"SELECT stock FROM products WHERE id = {product}");
        var sum = await ShopData.CountAsync(
            shop.ProductDatabase,
            $"SELECT SUM(quantity) FROM stock_movements WHERE product_id = {product}"
        );
        var takes = await ShopData.CountAsync(
            shop.ProductDatabase,
            $"SELECT COUNT(*) FROM stock_movements WHERE product_id = {product} AND kind = 'TAKEN'"
        );
        var expected = Math.Min(buyers, units);
        if ((left, sum, takes) != (units - expected, left, expected))
        {
            throw new InvalidOperationException(
                $"Of {units} units {takes} were taken and {left} are left; the ledger says {sum}."
            );
        }

        return sample;
    }

    /// <summary>Takes one unit of a product, or of all products in turn, each time for a new order.</summary>
    private async Task<Sample> TakeAsync(Shop shop, int buyers, long? product, int connections)
    {
        var address = new Uri(shop["product-svc"].Address, "internal/stock/take");
        var token = TestTokens.ServiceToken(ServiceNames.Orders, ServiceNames.Products);
        var first = _orders;
        _orders += buyers;
        var (sample, _) = await Rush.SendAsync(
            buyers,
            buyer => new HttpRequestMessage(HttpMethod.Post, address)
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
                Content = JsonContent.Create(
                    new
                    {
                        orderNumber = $"{_run}-{first + buyer}",
                        items = new[] { new { productId = product ?? (buyer % ShopData.Products) + 1, quantity = 1 } },
                    }
                ),
            },
            connections,
            HttpStatusCode.OK,
            HttpStatusCode.Conflict
        );
        return sample;
    }

    private static async Task<TimeSpan> TimeOfAsync(Shop shop) =>
        shop["product-svc"].ProcessorTime + await ShopData.ServerTimeAsync(shop.ProductDatabase);

    private static Series Once(Sample sample) => new("", [sample]);
}
