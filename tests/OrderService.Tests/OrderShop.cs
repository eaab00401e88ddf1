using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Data;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Placing;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>order-svc with its database, among a fake user-svc and a fake product-svc.</summary>
public class OrderShop() : ServiceFactory<Program>("orderdb")
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
        // Most tests are about other things; LimitTests are about this.
        Settings.TryAdd("ShopperLimits:UnpaidOrders", "1000");
        Settings.TryAdd("ShopperLimits:UnpaidUnits", "100000");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        // A replica has none of its own.
        await (Users?.DisposeAsync() ?? default);
        await (Products?.DisposeAsync() ?? default);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the test's own code against the database.</summary>
    public async Task<T> QueryAsync<T>(Func<OrderDbContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<OrderDbContext>());
    }
}

/// <summary>A shop that does nothing by itself: tests have its work done, and when.</summary>
public class QuietShop : OrderShop
{
    public QuietShop()
    {
        Settings["Outbox:Enabled"] = "false";
        Settings["Placements:RecoveryInterval"] = "01:00:00";
        Settings["PaymentTerms:SweepInterval"] = "01:00:00";
    }

    internal OutboxDispatcher Outbox => Services.GetRequiredService<OutboxDispatcher>();

    /// <summary>payment-svc.</summary>
    internal HttpClient Payments => CreateServiceClient(ServiceNames.Payments);

    /// <summary>Another order-svc on the same database.</summary>
    public QuietShop CreateReplica()
    {
        var replica = new QuietShop();
        foreach (var (key, value) in Settings)
        {
            replica.Settings[key] = value;
        }

        return replica;
    }

    public Task WorkAsync<TWork>()
        where TWork : PeriodicWork => Services.GetRequiredService<TWork>().RunOnceAsync(CancellationToken.None);

    public Task<int> ExecuteAsync(FormattableString sql) =>
        QueryAsync(database => database.Database.ExecuteSqlAsync(sql));

    public async Task<T> ScalarAsync<T>(FormattableString sql) =>
        (await QueryAsync(database => database.Database.SqlQuery<T>(sql).ToListAsync())).Single();

    /// <summary>Has everything finished that is left to do, as if its time had come.</summary>
    public async Task SettleAsync()
    {
        await ExecuteAsync($"UPDATE order_placements SET lease_until = '2000-01-01' WHERE state = 'RUNNING'");
        await WorkAsync<PlacementRecovery>();
        await ExecuteAsync($"UPDATE outbox_messages SET next_attempt_at = '2000-01-01' WHERE status = 'PENDING'");
        await Outbox.DeliverDueAsync();
    }

    /// <summary>
    /// The invariant of placing and cancelling: when everything has settled, exactly those orders have stock that stand,
    /// and nothing is left to do.
    /// </summary>
    internal async Task AssertSettledAsync(long product, int initialStock)
    {
        var sold = await ScalarAsync<long>(
            $"""
            SELECT CAST(COALESCE(SUM(i.quantity), 0) AS SIGNED) AS Value
            FROM order_items i JOIN orders o ON o.id = i.order_id
            WHERE i.product_id = {product} AND o.status <> 'CANCELLED'
            """
        );
        Assert.Equal(initialStock - sold, Products.StockOf(product));
        Assert.Equal(
            0,
            await ScalarAsync<int>($"SELECT COUNT(*) AS Value FROM order_placements WHERE state = 'RUNNING'")
        );
        Assert.Equal(
            0,
            await ScalarAsync<int>($"SELECT COUNT(*) AS Value FROM outbox_messages WHERE status <> 'DONE'")
        );
    }

    /// <summary>Every move has its audit row and its event, and none is told twice.</summary>
    internal async Task AssertMovesAreToldAsync()
    {
        var told = await QueryAsync(async database =>
            (await database.Events.Where(e => e.Type == OrderEventType.OrderStatusChanged).ToListAsync()).Select(e =>
            {
                var data = JsonSerializer.Deserialize<JsonElement>(e.Data);
                return (e.OrderId, data.Text("from"), data.Text("to"), data.Text("actor"));
            })
        );
        var audited = await QueryAsync(async database =>
            (await database.StatusChanges.ToListAsync()).Select(c =>
                (c.OrderId, c.FromStatus.ToWord(), c.ToStatus.ToWord(), c.Actor.ToWord())
            )
        );
        Assert.Equal(audited.Order(), told.Order());
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

    /// <summary>A request of someone who has seen a total.</summary>
    public static object Request(long userId, long expectedTotal, params (long ProductId, int Quantity)[] lines) =>
        new
        {
            userId,
            email = $"user{userId}@example.com",
            items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
            expectedTotal,
        };

    /// <summary>A request of someone who pays like this.</summary>
    public static object Request(long userId, string paymentMethod, params (long ProductId, int Quantity)[] lines) =>
        new
        {
            userId,
            email = $"user{userId}@example.com",
            items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
            paymentMethod,
        };

    public static Task<HttpResponseMessage> PlaceAsync(this HttpClient client, object request) =>
        client.PostAsJsonAsync("/api/orders", request);

    /// <summary>Places an order with an idempotency key.</summary>
    public static Task<HttpResponseMessage> PlaceAsync(this HttpClient client, object request, string key)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(request) };
        message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(message);
    }

    /// <summary>Places an order of one piece of this product.</summary>
    public static Task<JsonElement> PlaceAsync(this HttpClient client, long userId, long productId) =>
        client.PlaceAsync(Request(userId, (productId, 1))).JsonAsync(HttpStatusCode.Created);

    /// <summary>Moves an order. Confirmed it is by hand: most tests have no money.</summary>
    public static Task<HttpResponseMessage> MoveAsync(this HttpClient admin, long orderId, string status) =>
        admin.PatchAsync(
            $"/api/orders/{orderId}/status?status={status}{(status == "CONFIRMED" ? "&byHand=true&reason=test" : "")}",
            null
        );

    public static Task<HttpResponseMessage> CancelAsync(this HttpClient client, long orderId) =>
        client.PostAsync($"/api/orders/{orderId}/cancel", null);

    /// <summary>Holds an order, as a payment-svc of the first release does where no attempt is given.</summary>
    public static Task<HttpResponseMessage> HoldAsync(
        this HttpClient payments,
        JsonElement order,
        long? attempt = null
    ) => payments.PostAsync($"/internal/orders/{order.Text("orderNumber")}/hold{Query(attempt)}", null);

    /// <summary>Lets an order go, as a payment-svc of the first release does where no attempt is given.</summary>
    public static Task<HttpResponseMessage> ReleaseAsync(
        this HttpClient payments,
        JsonElement order,
        long? attempt = null
    ) => payments.PostAsync($"/internal/orders/{order.Text("orderNumber")}/release{Query(attempt)}", null);

    private static string Query(long? attempt) => attempt is null ? "" : $"?attempt={attempt}";

    public static Task<HttpResponseMessage> PayAsync(
        this HttpClient payments,
        JsonElement order,
        long paymentId,
        long amount = 1_000
    ) => payments.PostAsJsonAsync($"/internal/orders/{order.Text("orderNumber")}/paid", Paid(paymentId, amount));

    public static object Paid(long paymentId, long amount) =>
        new
        {
            paymentId,
            amount,
            actor = "SYSTEM",
            reason = "paid by card",
        };

    public static long Id(this JsonElement order) => order.GetProperty("id").GetInt64();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
