using System.Net;

namespace MsaShop.EndToEnd.Tests;

/// <summary>A shopper orders by bank transfer and an admin confirms it, all through the gateway.</summary>
[Collection(ShopCollection.Name)]
public sealed class BankTransferTests(ShopFixture shop)
{
    [Fact]
    public async Task A_shopper_signs_up_orders_two_lines_and_an_admin_confirms_the_deposit()
    {
        using var shopper = await shop.NewClient().SignUpAsync();
        var products = await shopper.GetAsync("/api/products?inStock=true&size=100&sort=name");
        Assert.Equal(HttpStatusCode.OK, products.Status);
        var wanted = products
            .Body.GetProperty("items")
            .EnumerateArray()
            .Where(product => product.GetProperty("stock").GetInt32() >= 10)
            .Take(2)
            .ToList();
        var first = wanted[0].GetProperty("id").GetInt64();
        var second = wanted[1].GetProperty("id").GetInt64();

        var order = await shopper.OrderAsync((first, 2), (second, 1));

        Assert.Equal(HttpStatusCode.Created, order.Status);
        Assert.Equal("PENDING", order.Body.GetProperty("status").GetString());
        Assert.Equal((2 * Price(wanted[0])) + Price(wanted[1]), order.Body.GetProperty("totalPrice").GetDecimal());
        Assert.Equal("김쇼핑", order.Body.GetProperty("bankAccount").GetProperty("depositorName").GetString());
        Assert.Equal(Stock(wanted[0]) - 2, await StockOfAsync(shopper, first));
        Assert.Equal(Stock(wanted[1]) - 1, await StockOfAsync(shopper, second));

        using var admin = await shop.NewClient().LogInAsAdminAsync();
        var id = order.Body.GetProperty("id").GetInt64();
        var confirmed = await admin.SendAsync(HttpMethod.Patch, $"/api/orders/{id}/status?status=CONFIRMED");
        Assert.Equal(HttpStatusCode.OK, confirmed.Status);

        var seen = await shopper.GetAsync($"/api/orders/{id}");
        Assert.Equal("CONFIRMED", seen.Body.GetProperty("status").GetString());

        var again = await admin.SendAsync(HttpMethod.Patch, $"/api/orders/{id}/status?status=DELIVERED");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("illegal_status_change", again.Code);
    }

    [Fact]
    public async Task More_than_there_is_cannot_be_ordered_and_nothing_is_taken()
    {
        using var shopper = await shop.NewClient().SignUpAsync();
        var products = await shopper.GetAsync("/api/products?inStock=true&size=100");
        var scarce = products
            .Body.GetProperty("items")
            .EnumerateArray()
            .MinBy(product => product.GetProperty("stock").GetInt32());
        var plenty = products
            .Body.GetProperty("items")
            .EnumerateArray()
            .MaxBy(product => product.GetProperty("stock").GetInt32());
        var scarceId = scarce.GetProperty("id").GetInt64();
        var plentyId = plenty.GetProperty("id").GetInt64();
        var before = await StockOfAsync(shopper, plentyId);

        var order = await shopper.OrderAsync((plentyId, 1), (scarceId, Stock(scarce) + 1));

        Assert.Equal(HttpStatusCode.Conflict, order.Status);
        Assert.Equal("out_of_stock", order.Code);
        var item = Assert.Single(order.Body.GetProperty("items").EnumerateArray());
        Assert.Equal(scarceId, item.GetProperty("productId").GetInt64());
        Assert.Equal(before, await StockOfAsync(shopper, plentyId));
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_there()
    {
        using var shopper = await shop.NewClient().SignUpAsync();
        using var other = await shop.NewClient().SignUpAsync();
        var products = await shopper.GetAsync("/api/products?inStock=true&sort=priceAsc");
        var product = products.Body.GetProperty("items")[0].GetProperty("id").GetInt64();
        var order = await shopper.OrderAsync((product, 1));
        var path = $"/api/orders/{order.Body.GetProperty("id").GetInt64()}";

        Assert.Equal(HttpStatusCode.OK, (await shopper.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await other.SendAsync(HttpMethod.Patch, $"{path}/status?status=CONFIRMED")).Status
        );
    }

    private static decimal Price(System.Text.Json.JsonElement product) => product.GetProperty("price").GetDecimal();

    private static int Stock(System.Text.Json.JsonElement product) => product.GetProperty("stock").GetInt32();

    private static async Task<int> StockOfAsync(ShopClient client, long productId) =>
        Stock((await client.GetAsync($"/api/products/{productId}")).Body);
}
