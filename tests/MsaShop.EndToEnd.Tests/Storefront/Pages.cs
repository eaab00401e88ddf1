using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>A page to look at.</summary>
/// <param name="Route">The router's pattern.</param>
/// <param name="Name">Which state of it, for messages and for the screenshot's file.</param>
/// <param name="Open">Leads there.</param>
public sealed record ShopPage(string Route, string Name, Func<Visit, PageWorld, Task> Open)
{
    /// <summary>A page that its address alone leads to.</summary>
    public ShopPage(string route, string name, Func<PageWorld, string> address)
        : this(route, name, (visit, world) => visit.GoAsync(address(world))) { }

    public ShopPage(string route, string name)
        : this(route, name, _ => route) { }
}

/// <summary>What there is in the shop for its pages to show.</summary>
public sealed record PageWorld(
    ShopClient Shopper,
    Article SoldOut,
    long Awaited,
    long Unpaid,
    long Paid,
    long Cancelled,
    string PaidAddress,
    string UnpaidNumber
)
{
    /// <summary>Products of the demo: they have pictures.</summary>
    public const long First = 1;
    public const long Second = 2;

    public static async Task<PageWorld> CreateAsync(ShopFixture shop)
    {
        var shopper = await shop.NewClient().SignUpAsync();
        var awaited = await OrderAsync(shopper, "BANK_TRANSFER");
        var cancelled = await OrderAsync(shopper, "BANK_TRANSFER");
        Expect(HttpStatusCode.OK, await shopper.SendAsync(HttpMethod.Post, $"/api/orders/{Id(cancelled)}/cancel"));
        var unpaid = await OrderAsync(shopper, "CARD");
        var paid = await OrderAsync(shopper, "CARD");
        var amount = paid.GetProperty("totalPrice").GetDecimal();
        var paymentKey = await shop.Toss.AuthenticateAsync(Number(paid), amount);
        var body = new
        {
            paymentKey,
            orderId = Number(paid),
            amount,
        };
        Expect(HttpStatusCode.OK, await shopper.SendAsync(HttpMethod.Post, "/api/payments/confirm", body));
        await shop.SettleAsync();
        return new PageWorld(
            shopper,
            await shop.SellAsync(stock: 0),
            Id(awaited),
            Id(unpaid),
            Id(paid),
            Id(cancelled),
            $"/checkout/success?paymentKey={paymentKey}&orderId={Number(paid)}&amount={amount:0}",
            Number(unpaid)
        );
    }

    private static async Task<JsonElement> OrderAsync(ShopClient shopper, string paymentMethod)
    {
        var order = new
        {
            userId = shopper.UserId,
            email = shopper.Email,
            items = new[] { new { productId = First, quantity = 1 }, new { productId = Second, quantity = 2 } },
            paymentMethod,
            depositorName = paymentMethod == "CARD" ? null : "이받음",
            recipient = new
            {
                name = "이받음",
                phone = "010-9876-5432",
                postalCode = "04524",
                address1 = "서울특별시 중구 세종대로 110",
                address2 = "3층",
            },
        };
        return Expect(HttpStatusCode.Created, await shopper.SendAsync(HttpMethod.Post, "/api/orders", order)).Body;
    }

    private static Answer Expect(HttpStatusCode status, Answer answer)
    {
        Assert.True(answer.Status == status, $"Expected {(int)status}, got {answer}");
        return answer;
    }

    private static long Id(JsonElement order) => order.GetProperty("id").GetInt64();

    private static string Number(JsonElement order) => order.GetProperty("orderNumber").GetString()!;
}

/// <summary>Every page of the storefront and of the admin area.</summary>
public static partial class Pages
{
    /// <summary>What strangers see.</summary>
    public static IReadOnlyList<ShopPage> OfStrangers { get; } =
    [
        new("/", "catalogue"),
        new("/", "catalogue-filtered", _ => "/?category=주방&sort=priceAsc"),
        new("/", "catalogue-nothing-found", _ => "/?q=zzzzzz"),
        new("/products/:productId", "product", _ => $"/products/{PageWorld.First}"),
        new("/products/:productId", "product-sold-out", world => $"/products/{world.SoldOut.Id}"),
        new("/cart", "cart-empty"),
        new("/sign-in", "sign-in"),
        new("/sign-up", "sign-up"),
        new("/guide", "guide"),
        new("/checkout/success", "payment-without-address"),
        new("/nowhere", "not-found", _ => "/nowhere"),
    ];

    /// <summary>What signed-in shoppers see.</summary>
    public static IReadOnlyList<ShopPage> OfShoppers { get; } =
    [
        new("/cart", "cart", FillCartAsync),
        new("/checkout", "checkout-recipient"),
        new(
            "/checkout",
            "checkout-payment",
            async (visit, _) =>
            {
                await visit.GoAsync("/checkout");
                await visit.FillInRecipientAsync();
                await visit.Button("checkout.toPayment").ClickAsync();
            }
        ),
        new("/checkout/success", "payment-success", world => world.PaidAddress),
        new(
            "/checkout/fail",
            "payment-cancelled",
            world => $"/checkout/fail?code=PAY_PROCESS_CANCELED&orderId={world.UnpaidNumber}"
        ),
        new("/account", "account"),
        new("/orders", "orders"),
        new("/orders/:orderId", "order-awaiting-transfer", world => $"/orders/{world.Awaited}"),
        new("/orders/:orderId", "order-awaiting-card", world => $"/orders/{world.Unpaid}"),
        new("/orders/:orderId", "order-confirmed", world => $"/orders/{world.Paid}"),
        new("/orders/:orderId", "order-cancelled", world => $"/orders/{world.Cancelled}"),
    ];

    /// <summary>What admins see.</summary>
    public static IReadOnlyList<ShopPage> OfAdmins { get; } =
    [
        new("/admin", "admin-today"),
        new("/admin/products", "admin-products"),
        new("/admin/products/new", "admin-product-new"),
        new("/admin/products/:productId", "admin-product", _ => $"/admin/products/{PageWorld.First}"),
        new("/admin/orders", "admin-orders"),
        new("/admin/orders/:orderId", "admin-order", world => $"/admin/orders/{world.Paid}"),
        new("/admin/orders/:orderId", "admin-order-awaiting-transfer", world => $"/admin/orders/{world.Awaited}"),
        new("/admin/deposits", "admin-deposits"),
        new("/admin/payments", "admin-payments"),
        new("/admin/refunds", "admin-refunds"),
        new("/admin/users", "admin-users"),
        new("/admin/messages", "admin-messages"),
        new("/admin/reconciliation", "admin-reconciliation"),
    ];

    public static IEnumerable<ShopPage> All => [.. OfStrangers, .. OfShoppers, .. OfAdmins];

    /// <summary>The patterns of all addresses that the storefront's own source names.</summary>
    public static IReadOnlyList<string> RoutesOfTheSource()
    {
        var source = File.ReadAllText(Repository.PathOf("frontend", "src", "config", "paths.ts"));
        var paths = source[source.IndexOf("export const paths", StringComparison.Ordinal)..];
        paths = paths[..paths.IndexOf("\n};", StringComparison.Ordinal)];
        return [.. Address().Matches(paths).Select(match => match.Groups[1].Value).Distinct()];
    }

    private static async Task FillCartAsync(Visit visit, PageWorld world)
    {
        foreach (var product in new[] { PageWorld.First, PageWorld.Second })
        {
            await visit.GoAsync($"/products/{product}");
            await visit.Button("product.add").ClickAsync();
            await SeeAsync(visit.Text("cart.added"));
        }

        await visit.GoAsync("/cart");
    }

    [GeneratedRegex("'(/[^']*)'")]
    private static partial Regex Address();
}
