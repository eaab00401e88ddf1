using System.Globalization;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>A complete order: gateway, order-svc, user-svc, product-svc, token, idempotency key, outbox.</summary>
internal sealed class Ordering : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "orders";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var tokens = await Shopper.WriteTokensAsync();
        var wrk = new Wrk(Duration: 10);
        var costs = new List<OrderCost>();
        var series = await SideBySide.RunAsync(
            Rounds,
            new("floor", () => LoadAsync("floor", "orders")),
            new("gateway", CountAsync)
        );
        var cost = OrderCost.Sum(costs.TakeLast(Rounds));
        return
        [
            Row.OfRates("order, all of it", "one-transaction order of the floor", series[1], series[0], 0.15),
            Row.Below("order: processor time of the five services", "", cost.ToString(), cost.Milliseconds, 8, "ms"),
        ];

        Task<Sample> LoadAsync(string service, string path) =>
            wrk.LoadAsync($"{shop[service].Address}{path}", "orders", $"{ShopData.Products}", tokens);

        async Task<Sample> CountAsync()
        {
            var before = shop.ProcessorTimes();
            var sample = await LoadAsync("gateway-svc", "api/orders");
            var after = shop.ProcessorTimes();
            costs.Add(
                new(
                    sample.Requests,
                    // Excluded: nobody pays by card here.
                    after
                        .Where(service => service.Key != "toss-payments")
                        .ToDictionary(service => service.Key, service => service.Value - before[service.Key])
                )
            );
            return sample;
        }
    }

    /// <summary>The processor time of orders.</summary>
    /// <param name="Services">The total time of each service.</param>
    private sealed record OrderCost(long Orders, IReadOnlyDictionary<string, TimeSpan> Services)
    {
        /// <summary>The time of all services for one order.</summary>
        public double Milliseconds => Services.Values.Sum(time => time.TotalMilliseconds) / Orders;

        public static OrderCost Sum(IEnumerable<OrderCost> costs) =>
            costs.Aggregate(
                (sum, next) =>
                    new(
                        sum.Orders + next.Orders,
                        sum.Services.ToDictionary(
                            service => service.Key,
                            service => service.Value + next.Services[service.Key]
                        )
                    )
            );

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Orders} orders: ")
            + string.Join(
                ", ",
                Services
                    .OrderByDescending(service => service.Value)
                    .Select(service =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{service.Key} {service.Value.TotalMilliseconds / Orders:F2} ms"
                        )
                    )
            );
    }
}
