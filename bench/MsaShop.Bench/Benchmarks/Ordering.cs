using System.Globalization;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>An order, all of it: gateway, order-svc, user-svc, product-svc, token, idempotency key, outbox.</summary>
internal sealed class Ordering : IBenchmark
{
    public string Name => "orders";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var tokens = await Shopper.WriteTokensAsync();
        var wrk = new Wrk(Duration: 10);
        var used = TimeSpan.Zero;
        var orders = 0L;
        var series = await SideBySide.RunAsync(5, new("floor", () => LoadAsync("floor", "orders")), new("gateway", CountAsync));
        var cost = used.TotalMilliseconds / orders;
        return
        [
            Row.OfRates("order, all of it", "one-transaction order of the floor", series[1], series[0], 0.15),
            Row.Below(
                "order: processor time of the five services",
                "",
                string.Create(CultureInfo.InvariantCulture, $"{used.TotalSeconds:F1} s for {orders} orders"),
                cost,
                8,
                "ms"
            ),
        ];

        Task<Sample> LoadAsync(string service, string path) =>
            wrk.LoadAsync($"{shop[service].Address}{path}", "orders", $"{Data.Products}", tokens);

        async Task<Sample> CountAsync()
        {
            var before = shop.ProcessorTime();
            var each = shop.Services.ToDictionary(service => service.Name, service => service.ProcessorTime);
            var sample = await LoadAsync("gateway-svc", "api/orders");
            used += shop.ProcessorTime() - before;
            orders += sample.Requests;
            foreach (var service in shop.Services)
            {
                Console.WriteLine($"      {service.Name}: {(service.ProcessorTime - each[service.Name]).TotalMilliseconds / sample.Requests:F2} ms an order");
            }
            return sample;
        }
    }
}
