using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>The catalogue's first page and single products, through the gateway and directly.</summary>
internal sealed class ProductReading : IBenchmark
{
    public string Name => "products";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var wrk = new Wrk();
        var count = $"{ShopData.Products}";
        Contender Of(string name, string service, string path, string script = "get") =>
            new(name, () => wrk.LoadAsync($"{shop[service].Address}{path}", script, count));

        var series = await SideBySide.RunAsync(
            5,
            Of("list: floor", "floor", "products?size=20"),
            Of("list: gateway", "gateway-svc", "api/products?size=20"),
            Of("read: floor", "floor", "products", "products"),
            Of("read: gateway", "gateway-svc", "api/products", "products"),
            Of("read: product-svc", "product-svc", "api/products", "products")
        );
        return
        [
            Row.OfRates("product list through the gateway", "floor, direct", series[1], series[0], 0.40),
            Row.OfRates("product read through the gateway", "floor, direct", series[3], series[2], 0.35),
            Row.OfRates("product read, direct", "floor, direct", series[4], series[2], 0.70),
        ];
    }
}
