using System.Net;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>A part of the shop that dies takes nothing else with it for good.</summary>
[Collection(CrashCollection.Name)]
public sealed class PowerTests(CrashFixture shop)
{
    private static readonly string[] s_paths = ["/api/users/me", "/api/products", "/api/orders"];

    /// <summary>All at once, because a client waits long for an answer that never comes.</summary>
    [Theory]
    [InlineData("user-svc", "product-svc", "order-svc")]
    [InlineData("mysql-user", "mysql-product", "mysql-order")]
    public async Task What_was_killed_works_again_once_it_is_started(params string[] names)
    {
        await shop.Power.RestoreAsync();
        var shopper = await shop.ShopperAsync();
        var pids = names.Select(shop.Power.PidOf).ToList();

        await Task.WhenAll(names.Select(shop.Power.KillAsync));
        Assert.All(await GetAsync(), answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        await shop.Power.RestoreAsync();

        Assert.Empty(pids.Intersect(names.Select(shop.Power.PidOf)));
        Assert.All(await GetAsync(), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await shop.SettleAndCheckAsync();

        Task<Answer[]> GetAsync() => Task.WhenAll(s_paths.Select(shopper.GetAsync));
    }

    /// <summary>A service that hangs is no better than one that is dead, but nobody waits for it for ever.</summary>
    [Fact]
    public async Task A_frozen_service_is_turned_away_from_and_goes_on_when_it_wakes()
    {
        using var client = shop.NewClient();
        client.Http.Timeout = TimeSpan.FromSeconds(20);

        await shop.Power.FreezeAsync("product-svc");
        var frozen = await client.GetAsync("/api/products");
        await shop.Power.ThawAsync("product-svc");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, frozen.Status);
        Assert.Equal(HttpStatusCode.OK, (await Scenario.RepeatAsync(() => client.GetAsync("/api/products"))).Status);
        await shop.SettleAndCheckAsync();
    }

    [Fact]
    public async Task A_barrier_holds_whoever_comes_to_its_step_until_it_opens()
    {
        var step = new Step("productdb", "products", "INSERT");
        Task<long> adding;

        await using (var barrier = await Barrier.RaiseAsync(shop.Databases, step))
        {
            adding = shop.NewProductAsync(stock: 3);
            await barrier.WaitForArrivalAsync(TimeSpan.FromSeconds(10));
            Assert.False(adding.IsCompleted);
        }

        Assert.Equal(3, await shop.StockOfAsync(await adding));
        await shop.SettleAndCheckAsync();
    }
}
