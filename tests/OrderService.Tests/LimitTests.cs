using System.Net;
using System.Text.Json;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>What one shopper can keep from all others without paying.</summary>
public sealed class LimitTests(LimitedShop shop) : IClassFixture<LimitedShop>
{
    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    [Theory]
    [InlineData("CARD")]
    [InlineData("BANK_TRANSFER")]
    public async Task Fifty_orders_at_once_are_as_many_as_may_be_unpaid(string method)
    {
        var product = shop.Products.Add("Pen", 1_000, stock: 1_000);
        await using var replica = shop.CreateReplica();
        HttpClient[] clients = [Shopper, replica.CreateClientFor(_userId)];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(number => clients[number % 2].PlaceAsync(By(method, (product, 1))))
        );

        Assert.Equal(LimitedShop.Orders, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "too_many_unpaid_orders");
            Assert.Equal(LimitedShop.Orders, problem.GetProperty("limit").GetInt32());
        }

        Assert.Equal(1_000 - LimitedShop.Orders, shop.Products.StockOf(product));
        await shop.AssertSettledAsync(product, 1_000);
    }

    [Fact]
    public async Task Fifty_orders_at_once_have_no_more_of_a_product_than_may_be_unpaid()
    {
        var product = shop.Products.Add("Pen", 1_000, stock: 1_000);
        var other = shop.Products.Add("Cup", 1_000, stock: 1_000);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Shopper.PlaceAsync(By("BANK_TRANSFER", (product, 4), (other, 1))))
        );

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(1_000 - 8, shop.Products.StockOf(product));
        var problem = await Shopper
            .PlaceAsync(By("BANK_TRANSFER", (product, 3), (other, 1)))
            .ProblemAsync(HttpStatusCode.Conflict, "too_many_units");
        Assert.Equal(LimitedShop.Units, problem.GetProperty("limit").GetInt32());
        var item = Assert.Single(problem.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (product, 3, 8),
            (
                item.GetProperty("productId").GetInt64(),
                item.GetProperty("requested").GetInt32(),
                item.GetProperty("unpaid").GetInt32()
            )
        );
        await Shopper.PlaceAsync(By("BANK_TRANSFER", (product, 2))).JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task One_order_alone_can_be_too_much()
    {
        var product = shop.Products.Add("Pen", 1_000);

        await Shopper
            .PlaceAsync(By("CARD", (product, LimitedShop.Units + 1)))
            .ProblemAsync(HttpStatusCode.Conflict, "too_many_units");
        await Shopper.PlaceAsync(By("CARD", (product, LimitedShop.Units))).JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_is_paid_or_cancelled_makes_room()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var orders = new List<JsonElement>();
        for (var i = 0; i < LimitedShop.Orders; i++)
        {
            orders.Add(await Shopper.PlaceAsync(_userId, product));
        }

        await RefusedAsync();
        await Shopper.CancelAsync(orders[0].Id()).JsonAsync();
        await Shopper.PlaceAsync(_userId, product);
        await RefusedAsync();
        await shop.Payments.PayAsync(orders[1], paymentId: _userId).JsonAsync();
        await Shopper.PlaceAsync(_userId, product);
        await RefusedAsync();

        Task RefusedAsync() =>
            Shopper
                .PlaceAsync(Request(_userId, (product, 1)))
                .ProblemAsync(HttpStatusCode.Conflict, "too_many_unpaid_orders");
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_another_s_orders_do_not_count()
    {
        var product = shop.Products.Add("Pen", 1_000);
        for (var i = 0; i < LimitedShop.Orders; i++)
        {
            await Shopper.PlaceAsync(Request(_userId, (product, 1)), $"{i}").JsonAsync(HttpStatusCode.Created);
        }

        for (var i = 0; i < 2; i++)
        {
            await Shopper
                .PlaceAsync(Request(_userId, (product, 1)), "more")
                .ProblemAsync(HttpStatusCode.Conflict, "too_many_unpaid_orders");
        }

        await Shopper.PlaceAsync(Request(_userId, (product, 1)), "0").JsonAsync(HttpStatusCode.Created);
        var other = OrderShop.NewUserId();
        await shop.CreateClientFor(other).PlaceAsync(other, product);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_begins_once_though_the_answer_is_lost_or_the_commit_late(bool isLate)
    {
        var product = shop.Products.Add("Pen", 1_000);
        await using var way = LossyDatabase.InFrontOf(shop.Settings["ConnectionStrings:orderdb"]!);
        await using var replica = shop.CreateReplica();
        replica.Settings["ConnectionStrings:orderdb"] = way.ConnectionString;
        var shopper = replica.CreateClientFor(_userId);
        if (isLate)
        {
            way.DelayPast("INSERT INTO shoppers", until: "INSERT INTO shoppers");
        }
        else
        {
            way.LoseAnswerTo("INSERT INTO shoppers");
        }

        var order = await shopper.PlaceAsync(Request(_userId, (product, 1)), "key").JsonAsync(HttpStatusCode.Created);
        var again = await shopper.PlaceAsync(Request(_userId, (product, 1)), "key").JsonAsync(HttpStatusCode.Created);

        Assert.Equal(1, way.Lost);
        Assert.Equal(order.GetRawText(), again.GetRawText());
        await shop.AssertSettledAsync(product, 100);
        Assert.Equal(99, shop.Products.StockOf(product));
    }

    private object By(string method, params (long ProductId, int Quantity)[] lines) =>
        new
        {
            userId = _userId,
            email = $"user{_userId}@example.com",
            items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
            paymentMethod = method,
        };
}

/// <summary>A shop in which little may be unpaid.</summary>
public sealed class LimitedShop : QuietShop
{
    public const int Orders = 3;

    public const int Units = 10;

    public LimitedShop()
    {
        Settings["ShopperLimits:UnpaidOrders"] = $"{Orders}";
        Settings["ShopperLimits:UnpaidUnits"] = $"{Units}";
    }
}
