using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>product-svc with an empty catalogue of its own, and short words for what tests do with it.</summary>
public sealed class ProductApp() : ServiceFactory<Program>("productdb")
{
    private HttpClient? _orders;

    public override Task InitializeAsync()
    {
        Settings["Pictures:Hosts:0"] = "pictures.example";
        return base.InitializeAsync();
    }

    /// <summary>order-svc.</summary>
    public HttpClient Orders => _orders ??= CreateServiceClient(ServiceNames.Orders);

    /// <summary>Another product-svc on the same database.</summary>
    public ProductApp CreateReplica()
    {
        var replica = new ProductApp();
        foreach (var (key, value) in Settings)
        {
            replica.Settings[key] = value;
        }

        return replica;
    }

    public static string NewOrderNumber() => Guid.NewGuid().ToString("N");

    public async Task<long> AddAsync(int stock = 10, long price = 1000, string? name = null, string category = "시험")
    {
        var product = await CreateAdminClient()
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = name ?? "사과",
                    price,
                    stock,
                    category,
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        return product.GetProperty("id").GetInt64();
    }

    public Task<JsonElement> ReadAsync(long id) => CreateAdminClient().GetAsync($"/api/products/{id}").JsonAsync();

    public async Task<int> StockAsync(long id) => (await ReadAsync(id)).GetProperty("stock").GetInt32();

    public async Task<string?> StatusAsync(long id) => (await ReadAsync(id)).GetProperty("status").GetString();

    public Task<HttpResponseMessage> TakeAsync(string orderNumber, params (long ProductId, int Quantity)[] items) =>
        Orders.PostAsJsonAsync(
            "/internal/stock/take",
            new { orderNumber, items = items.Select(item => new { item.ProductId, item.Quantity }) },
            JsonSerializerOptions.Web
        );

    /// <summary>Takes stock if it costs this much.</summary>
    public Task<HttpResponseMessage> TakeAsync(
        string orderNumber,
        long expectedTotal,
        params (long ProductId, int Quantity)[] items
    ) =>
        Orders.PostAsJsonAsync(
            "/internal/stock/take",
            new
            {
                orderNumber,
                items = items.Select(item => new { item.ProductId, item.Quantity }),
                expectedTotal,
            },
            JsonSerializerOptions.Web
        );

    public Task<HttpResponseMessage> ReturnAsync(string orderNumber) =>
        Orders.PostAsJsonAsync("/internal/stock/return", new { orderNumber });

    public Task<HttpResponseMessage> AdjustAsync(long id, int change) =>
        CreateAdminClient().PatchAsJsonAsync($"/api/products/{id}/stock", new { change, reason = "시험" });

    /// <summary>Does as an administrator does, with a header more.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string header,
        string value
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        return CreateAdminClient().SendAsync(request);
    }

    /// <summary>Runs SQL on the database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ProductDbContext>().Database.ExecuteSqlRawAsync(sql);
    }

    /// <summary>Reads a column, called Value, from the database.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ProductDbContext>()
            .Database.SqlQueryRaw<T>(sql)
            .ToListAsync();
    }

    /// <summary>Checks that a product's stock is this, and that its ledger says the same, entry by entry.</summary>
    public async Task AssertStockAsync(long id, int expected)
    {
        Assert.Equal(expected, await StockAsync(id));

        await using var scope = Services.CreateAsyncScope();
        var movements = await scope
            .ServiceProvider.GetRequiredService<ProductDbContext>()
            .StockMovements.Where(movement => movement.ProductId == id)
            .OrderBy(movement => movement.Id)
            .Select(movement => new { movement.Change, movement.StockAfter })
            .ToListAsync();
        Assert.Equal(expected, movements.Sum(movement => movement.Change));
        var stock = 0;
        Assert.All(movements, movement => Assert.Equal(stock += movement.Change, movement.StockAfter));
    }
}
