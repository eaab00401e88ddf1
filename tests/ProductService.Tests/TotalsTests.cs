using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Totals, which are remembered: whatever changes them, nobody sees the old ones.</summary>
public sealed class TotalsTests(ProductApp app) : IClassFixture<ProductApp>
{
    private readonly string _category = $"분류-{Guid.NewGuid():N}";
    private readonly HttpClient _admin = app.CreateAdminClient();

    [Fact]
    public async Task Every_change_shows_in_every_replica_at_once()
    {
        await using var replica = new Replica(app);
        var other = replica.CreateAnonymousClient();
        var id = await AddAsync("감귤", 1000);
        await AssertTotalsAsync(1, 1, 1, 1);

        await AddAsync("사과", 5000);
        await AssertTotalsAsync(2, 1, 1, 2);
        await ChangeAsync(
            id,
            new
            {
                name = "배",
                price = 1000,
                category = _category,
            }
        );
        await AssertTotalsAsync(2, 0, 1, 2);
        await ChangeAsync(
            id,
            new
            {
                name = "감귤",
                price = 9000,
                category = _category,
            }
        );
        await AssertTotalsAsync(2, 1, 0, 2);
        await ChangeAsync(
            id,
            new
            {
                name = "감귤",
                price = 1000,
                category = "다른 분류",
            }
        );
        await AssertTotalsAsync(1, 0, 0, 1);
        await ChangeAsync(
            id,
            new
            {
                name = "감귤",
                price = 1000,
                category = _category,
            }
        );
        await AssertTotalsAsync(2, 1, 1, 2);
        await _admin.DeleteAsync($"/api/products/{id}");
        await AssertTotalsAsync(1, 0, 0, 1);

        async Task AssertTotalsAsync(int all, int citrus, int cheap, int inCategories)
        {
            foreach (var client in new[] { app.CreateAnonymousClient(), other })
            {
                Assert.Equal(
                    (all, citrus, cheap),
                    (
                        await TotalAsync(client),
                        await TotalAsync(client, "&q=감귤"),
                        await TotalAsync(client, "&maxPrice=2000")
                    )
                );
                var categories = await client.GetAsync("/api/products/categories").JsonAsync();
                Assert.Equal(
                    inCategories,
                    categories
                        .EnumerateArray()
                        .Single(category => category.GetProperty("name").GetString() == _category)
                        .GetProperty("count")
                        .GetInt32()
                );
            }
        }
    }

    [Fact]
    public async Task What_orders_change_is_counted_each_time()
    {
        var id = await AddAsync("하나뿐", 1000);
        var shopper = app.CreateAnonymousClient();
        Assert.Equal(1, await TotalAsync(shopper, "&inStock=true"));
        Assert.Equal(1, await TotalAsync(shopper, "&status=AVAILABLE"));
        Assert.Equal(1, await TotalAsync(_admin, "&stockBelow=2"));

        await app.TakeAsync(ProductApp.NewOrderNumber(), (id, 1)).JsonAsync();

        Assert.Equal(0, await TotalAsync(shopper, "&inStock=true"));
        Assert.Equal(0, await TotalAsync(shopper, "&status=AVAILABLE"));
        Assert.Equal(1, await TotalAsync(shopper));
        await app.AdjustAsync(id, 5).JsonAsync();
        Assert.Equal(0, await TotalAsync(_admin, "&stockBelow=2"));
    }

    [Fact]
    public async Task Statuses_are_told_apart()
    {
        await AddAsync("있음", 1000);
        await _admin.DeleteAsync($"/api/products/{await AddAsync("단종", 1000)}");

        Assert.Equal(1, await TotalAsync(_admin));
        Assert.Equal(1, await TotalAsync(_admin, "&status=DISCONTINUED"));
        Assert.Equal(0, await TotalAsync(app.CreateAnonymousClient(), "&status=DISCONTINUED"));
        Assert.Equal(2, await TotalAsync(_admin, "&status=DISCONTINUED&status=OUT_OF_STOCK&status=AVAILABLE"));
    }

    private Task<long> AddAsync(string name, long price) => app.AddAsync(1, price, name, _category);

    private async Task ChangeAsync(long id, object details) =>
        await _admin.PutAsJsonAsync($"/api/products/{id}", details).JsonAsync();

    private async Task<int> TotalAsync(HttpClient client, string query = "") =>
        (await client.GetAsync($"/api/products?category={Uri.EscapeDataString(_category)}{query}").JsonAsync())
            .GetProperty("total")
            .GetInt32();

    private sealed class Replica : ServiceFactory<Program>
    {
        public Replica(ProductApp app)
        {
            foreach (var (key, value) in app.Settings)
            {
                Settings[key] = value;
            }
        }
    }
}
