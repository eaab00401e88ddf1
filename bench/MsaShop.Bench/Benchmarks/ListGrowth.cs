using System.Globalization;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>The catalogue's lists with a thousand, a hundred thousand and a million products.</summary>
internal sealed class ListGrowth : IBenchmark
{
    private static readonly int[] s_sizes = [1000, 100_000, 1_000_000];

    private static readonly (string Name, string Path)[] s_lists =
    [
        ("newest", "api/products"),
        ("cheapest", "api/products?sort=priceAsc"),
        ("dearest", "api/products?sort=priceDesc"),
        ("by name", "api/products?sort=name"),
        ("third page", "api/products?page=3"),
        ("a category", "api/products?category=%EB%B6%84%EB%A5%98%203"),
        ("a category, cheapest", "api/products?category=%EB%B6%84%EB%A5%98%203&sort=priceAsc"),
        ("a price range", "api/products?minPrice=20000&maxPrice=40000"),
        ("categories", "api/products/categories"),
    ];

    public string Name => "list-growth";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var server = await Shop.StartServerAsync();
        var shops = new List<Shop>();
        try
        {
            foreach (var (index, size) in s_sizes.Index())
            {
                Console.WriteLine($"    filling {size:N0} products");
                shops.Add(
                    await Shop.OpenCatalogueAsync(
                        server,
                        Ports.Catalogues[index],
                        shop => ShopData.AddManyProductsAsync(shop, size)
                    )
                );
            }

            // One connection, so that the response time is the query's cost.
            var wrk = new Wrk(Connections: 1, Duration: 1);
            var series = await SideBySide.RunAsync(
                3,
                [
                    .. s_lists.SelectMany(list =>
                        shops.Select(
                            (shop, index) =>
                                new Contender(
                                    string.Create(CultureInfo.InvariantCulture, $"{list.Name}, {s_sizes[index]:N0}"),
                                    () => wrk.LoadAsync($"{shop["product-svc"].Address}{list.Path}")
                                )
                        )
                    ),
                ]
            );
            return
            [
                .. s_lists.Select(
                    (list, index) => RowOf(list.Name, [.. series.Skip(index * s_sizes.Length).Take(s_sizes.Length)])
                ),
            ];
        }
        finally
        {
            foreach (var shop in shops)
            {
                await shop.DisposeAsync();
            }
        }
    }

    private static Row RowOf(string list, IReadOnlyList<Series> series) =>
        Row.Below(
            $"list with 1,000,000 products: {list}",
            "with 1,000",
            "p50 "
                + string.Join(
                    ", ",
                    series.Select(one => one.Time.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture))
                )
                + " ms",
            series[^1].Time / series[0].Time,
            1.5,
            "times"
        );
}
