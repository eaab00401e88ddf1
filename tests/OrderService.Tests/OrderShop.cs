using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>order-svc with its database, among a fake user-svc and a fake product-svc.</summary>
public sealed class OrderShop() : ServiceFactory<Program>("orderdb")
{
    private static long s_lastUserId = 1000;

    internal FakeUsers Users { get; private set; } = null!;

    internal FakeProducts Products { get; private set; } = null!;

    /// <summary>A user of whom no other test knows.</summary>
    public static long NewUserId() => Interlocked.Increment(ref s_lastUserId);

    public override async Task InitializeAsync()
    {
        Users = await FakeUsers.StartAsync();
        Products = await FakeProducts.StartAsync();
        UseService(ServiceNames.Users, Users.Address);
        UseService(ServiceNames.Products, Products.Address);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Users.DisposeAsync();
        await Products.DisposeAsync();
    }

    /// <summary>Runs the test's own code against the database.</summary>
    public async Task<T> QueryAsync<T>(Func<OrderDbContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<OrderDbContext>());
    }
}

/// <summary>What shoppers and admins do.</summary>
internal static class OrderClientExtensions
{
    /// <summary>A request with nothing but the three fields that everybody must send.</summary>
    public static object Request(long userId, params (long ProductId, int Quantity)[] lines) =>
        new
        {
            userId,
            email = $"user{userId}@example.com",
            items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
        };

    public static Task<HttpResponseMessage> PlaceAsync(this HttpClient client, object request) =>
        client.PostAsJsonAsync("/api/orders", request);

    /// <summary>Places an order of one piece of this product.</summary>
    public static Task<JsonElement> PlaceAsync(this HttpClient client, long userId, long productId) =>
        client.PlaceAsync(Request(userId, (productId, 1))).JsonAsync(HttpStatusCode.Created);

    public static Task<HttpResponseMessage> MoveAsync(this HttpClient admin, long orderId, string status) =>
        admin.PatchAsync($"/api/orders/{orderId}/status?status={status}", null);

    public static Task<HttpResponseMessage> CancelAsync(this HttpClient client, long orderId) =>
        client.PostAsync($"/api/orders/{orderId}/cancel", null);

    public static long Id(this JsonElement order) => order.GetProperty("id").GetInt64();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
