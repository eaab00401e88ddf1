using System.Globalization;
using System.Net;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>Two thousand buyers compete for a product with a hundred units.</summary>
internal sealed class FlashSale : IBenchmark
{
    private const int Buyers = 2000;
    private const int Units = 100;
    private const int Connections = 16;

    public string Name => "flash-sale";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var gateway = shop["gateway-svc"].Address;
        var sold = new List<int>();
        var series = await SideBySide.RunAsync(
            5,
            new("orders", () => Shopper.OrderAsync(gateway, Buyers, Connections)),
            new("flash sale", SellOutAsync)
        );
        return
        [
            Row.OfRates(
                $"flash sale: {Buyers} buyers, {Units} units",
                "as many orders of all products",
                series[1],
                series[0],
                0.5
            ),
            new(
                "flash sale: units sold, a sale each",
                "",
                string.Join(", ", sold),
                "",
                sold.TrueForAll(units => units == Units) ? $"{Units}" : "not as many as there are",
                $"exactly {Units}",
                sold.TrueForAll(units => units == Units) ? 1 : 0
            ),
        ];

        async Task<Sample> SellOutAsync()
        {
            // A new product for each sale, because each sells out.
            var product = ShopData.FlashProduct + sold.Count;
            await ShopData.AddProductsAsync(shop, product, product, Units);
            var first = Shopper.Next(Buyers);
            var (sample, answers) = await Rush.SendAsync(
                Buyers,
                buyer => Shopper.Order(gateway, first + buyer, product),
                Connections,
                HttpStatusCode.Created,
                HttpStatusCode.Conflict
            );
            sold.Add(answers[HttpStatusCode.Created]);
            await CheckAsync(shop, product);
            return sample;
        }
    }

    /// <summary>Checks that answers, orders, stock and ledger agree.</summary>
    private static async Task CheckAsync(Shop shop, long product)
    {
        var stock = await ShopData.CountAsync(shop.ProductDatabase, $"SELECT stock FROM products WHERE id = {product}");
        var taken = await ShopData.CountAsync(
            shop.ProductDatabase,
            $"SELECT -SUM(quantity) FROM stock_movements WHERE product_id = {product} AND kind = 'TAKEN'"
        );
        var ordered = await ShopData.CountAsync(
            shop.OrderDatabase,
            $"SELECT SUM(quantity) FROM order_items WHERE product_id = {product}"
        );
        if ((stock, taken, ordered) != (0, Units, Units))
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {Units} units {ordered} were ordered and {taken} taken; {stock} are left."
                )
            );
        }
    }
}
