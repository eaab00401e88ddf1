using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public class MovingTests(OrderShop shop) : IClassFixture<OrderShop>
{
    /// <summary>How an order gets to each status.</summary>
    private static readonly Dictionary<string, string[]> s_ways = new()
    {
        ["PENDING"] = [],
        ["CONFIRMED"] = ["CONFIRMED"],
        ["SHIPPING"] = ["CONFIRMED", "SHIPPING"],
        ["DELIVERED"] = ["CONFIRMED", "SHIPPING", "DELIVERED"],
        ["CANCELLED"] = ["CANCELLED"],
    };

    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product = shop.Products.Add("Pen", 1_000);

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    private HttpClient Admin => shop.CreateAdminClient(AdminId);

    private const long AdminId = 77;

    public static IEnumerable<object[]> AllMoves =>
        s_ways.Keys.SelectMany(from => s_ways.Keys.Select(to => new object[] { from, to }));

    [Theory]
    [MemberData(nameof(AllMoves))]
    public async Task An_admin_makes_the_moves_of_the_table_and_no_other(string from, string to)
    {
        var id = await PlaceInAsync(from);

        var answer = Admin.MoveAsync(id, to);

        if (OrderTransitions.Allow(ToStatus(from), ToStatus(to)))
        {
            Assert.Equal(to, (await answer.JsonAsync()).Text("status"));
        }
        else
        {
            var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, "illegal_status_change");
            Assert.Equal((from, to), (problem.Text("from"), problem.Text("to")));
            Assert.Equal(from, await StatusAsync(id));
        }

        Assert.Equal(await StatusAsync(id) == "CANCELLED" ? 100 : 99, shop.Products.StockOf(_product));
    }

    [Theory]
    [InlineData("PENDING", true)]
    [InlineData("CONFIRMED", true)]
    [InlineData("SHIPPING", false)]
    [InlineData("DELIVERED", false)]
    [InlineData("CANCELLED", false)]
    public async Task The_owner_cancels_until_it_is_shipped(string from, bool possible)
    {
        var id = await PlaceInAsync(from);

        var answer = Shopper.CancelAsync(id);

        if (possible)
        {
            Assert.Equal("CANCELLED", (await answer.JsonAsync()).Text("status"));
            Assert.Equal(100, shop.Products.StockOf(_product));
        }
        else
        {
            var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, "illegal_status_change");
            Assert.Equal((from, "CANCELLED"), (problem.Text("from"), problem.Text("to")));
        }
    }

    [Fact]
    public async Task Nobody_but_the_owner_cancels()
    {
        var id = await PlaceInAsync("PENDING");

        await shop.CreateClientFor(OrderShop.NewUserId())
            .CancelAsync(id)
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");

        Assert.Equal("PENDING", await StatusAsync(id));
    }

    [Fact]
    public async Task Only_admins_move_orders()
    {
        var id = await PlaceInAsync("PENDING");

        await Shopper.MoveAsync(id, "CONFIRMED").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await shop.CreateAnonymousClient()
            .MoveAsync(id, "CONFIRMED")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await Admin.MoveAsync(999_999_999, "CONFIRMED").ProblemAsync(HttpStatusCode.NotFound, "not_found");

        Assert.Equal("PENDING", await StatusAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?status=")]
    [InlineData("?status=PAID")]
    [InlineData("?status=1")]
    public async Task The_status_must_be_one_of_the_five(string query)
    {
        var id = await PlaceInAsync("PENDING");

        await Admin.PatchAsync($"/api/orders/{id}/status{query}", null).InvalidAsync("status");
    }

    [Fact]
    public async Task The_history_tells_who_when_from_to_and_why()
    {
        var id = await PlaceInAsync("PENDING");
        await Admin.PatchAsync($"/api/orders/{id}/status?status=CONFIRMED&byHand=true&reason=paid", null).JsonAsync();
        await Shopper.PostAsJsonAsync($"/api/orders/{id}/cancel", new { reason = "마음이 바뀜" }).JsonAsync();

        var seen = (await Admin.GetAsync($"/api/orders/{id}").JsonAsync()).GetProperty("history").EnumerateArray();

        Assert.Equal(
            [
                ("PENDING", "CONFIRMED", "ADMIN", AdminId, "paid"),
                ("CONFIRMED", "CANCELLED", "CUSTOMER", _userId, "마음이 바뀜"),
            ],
            seen.Select(move =>
                (
                    move.Text("from"),
                    move.Text("to"),
                    move.Text("by"),
                    move.GetProperty("userId").GetInt64(),
                    move.Text("reason")
                )
            )
        );
        Assert.All(
            (await Shopper.GetAsync($"/api/orders/{id}").JsonAsync()).GetProperty("history").EnumerateArray(),
            move => Assert.False(move.TryGetProperty("userId", out _))
        );
    }

    [Fact]
    public async Task A_reason_has_at_most_200_letters()
    {
        var id = await PlaceInAsync("PENDING");
        var reason = new string('x', 201);

        await Shopper.PostAsJsonAsync($"/api/orders/{id}/cancel", new { reason }).InvalidAsync("reason");
        await Admin
            .PatchAsync($"/api/orders/{id}/status?status=CONFIRMED&reason={reason}", null)
            .InvalidAsync("reason");
    }

    [Fact]
    public async Task Of_many_who_confirm_at_once_one_succeeds()
    {
        var id = await PlaceInAsync("PENDING");
        var admin = Admin;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.MoveAsync(id, "CONFIRMED")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await Admin.GetAsync($"/api/orders/{id}").JsonAsync()).GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task Of_many_who_cancel_at_once_one_succeeds_and_stock_comes_back_once()
    {
        var id = await PlaceInAsync("CONFIRMED");
        var (admin, shopper) = (Admin, Shopper);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? admin.MoveAsync(id, "CANCELLED") : shopper.CancelAsync(id))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(100, shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Of_shipping_and_cancelling_at_once_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await PlaceInAsync("CONFIRMED");
            var (admin, shopper) = (Admin, Shopper);
            var stock = shop.Products.StockOf(_product);

            var answers = await Task.WhenAll(admin.MoveAsync(id, "SHIPPING"), shopper.CancelAsync(id));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict);
            Assert.Equal(await StatusAsync(id) == "CANCELLED" ? stock + 1 : stock, shop.Products.StockOf(_product));
        }
    }

    private async Task<long> PlaceInAsync(string status)
    {
        var id = (await Shopper.PlaceAsync(_userId, _product)).Id();
        var admin = Admin;
        foreach (var step in s_ways[status])
        {
            await admin.MoveAsync(id, step).JsonAsync();
        }

        return id;
    }

    private async Task<string> StatusAsync(long id) =>
        (await Admin.GetAsync($"/api/orders/{id}").JsonAsync()).Text("status");

    private static OrderStatus ToStatus(string word) =>
        Enum.GetValues<OrderStatus>().Single(status => status.ToWord() == word);
}
