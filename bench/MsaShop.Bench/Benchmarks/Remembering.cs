using System.Globalization;
using System.Net;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>
/// The memory of each service, idle and under load. Its own memory counts (<see cref="ProcessMemory"/>); pages of
/// program files shared with other services are reported beside it.
/// </summary>
internal sealed class Remembering : IBenchmark
{
    private const int RestLimit = 100;
    private const int LoadLimit = 150;
    private const int Mebibyte = 1024 * 1024;

    private static readonly TimeSpan s_still = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_sampling = TimeSpan.FromMilliseconds(250);

    public string Name => "memory";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var services = shop.Services.Where(service => service.Name.EndsWith("-svc", StringComparison.Ordinal)).ToList();

        await ShopALittleAsync(shop);
        await WaitUntilStillAsync(services);
        var atRest = services.ToDictionary(service => service.Name, service => service.Memory);
        Console.WriteLine($"    at rest: {Text(atRest)}");

        var underLoad = await HighestAsync(services, () => LoadAsync(shop));
        Console.WriteLine($"    under load: {Text(underLoad)}");
        return [RowOf("at rest", atRest, RestLimit), RowOf("under load", underLoad, LoadLimit)];
    }

    /// <summary>Exercises every service once, because code that no request has run is not in memory yet.</summary>
    private static async Task ShopALittleAsync(Shop shop)
    {
        var gateway = shop["gateway-svc"].Address;
        await Rush.SendAsync(
            50,
            number => new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"api/products/{number + 1}")),
            connections: 2,
            HttpStatusCode.OK
        );
        await Shopper.OrderAsync(gateway, 50, connections: 2);
        var confirmations = await Shopper.PrepareCardsAsync(shop, 20);
        await Rush.SendAsync(20, number => confirmations[number](), connections: 2, HttpStatusCode.OK);
    }

    /// <summary>Loads orders and the catalogue at once for half a minute.</summary>
    private static async Task LoadAsync(Shop shop)
    {
        var gateway = shop["gateway-svc"].Address;
        var tokens = await Shopper.WriteTokensAsync();
        var wrk = new Wrk(Duration: 30);
        await Task.WhenAll(
            wrk.LoadAsync($"{gateway}api/orders", "orders", $"{ShopData.Products}", tokens),
            wrk.LoadAsync($"{gateway}api/products?size=20")
        );
    }

    /// <summary>Waits until no service has gained or lost a mebibyte for ten seconds.</summary>
    private static async Task WaitUntilStillAsync(IReadOnlyList<ServiceProcess> services)
    {
        var last = services.Select(service => service.Memory.Own).ToList();
        var stillSince = DateTime.UtcNow;
        while (DateTime.UtcNow - stillSince < s_still)
        {
            await Task.Delay(s_sampling);
            var now = services.Select(service => service.Memory.Own).ToList();
            if (now.Zip(last).Any(pair => Math.Abs(pair.First - pair.Second) > Mebibyte))
            {
                last = now;
                stillSince = DateTime.UtcNow;
            }
        }
    }

    private static async Task<Dictionary<string, ProcessMemory>> HighestAsync(
        IReadOnlyList<ServiceProcess> services,
        Func<Task> loadAsync
    )
    {
        var highest = services.ToDictionary(service => service.Name, service => service.Memory);
        var load = loadAsync();
        do
        {
            foreach (var service in services)
            {
                var now = service.Memory;
                highest[service.Name] = now.Own > highest[service.Name].Own ? now : highest[service.Name];
            }
        } while (await Task.WhenAny(load, Task.Delay(s_sampling)) != load);

        await load;
        return highest;
    }

    private static Row RowOf(string when, IReadOnlyDictionary<string, ProcessMemory> memory, int limit) =>
        Row.Below(
            $"memory of the largest service, {when}",
            "own + shared files",
            Text(memory),
            memory.Values.Max(one => one.Own) / (double)Mebibyte,
            limit,
            "MB"
        );

    private static string Text(IReadOnlyDictionary<string, ProcessMemory> memory) =>
        string.Join(
            ", ",
            memory.Select(one =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Key} {one.Value.Own / Mebibyte} + {one.Value.Files / Mebibyte} MB"
                )
            )
        );
}
