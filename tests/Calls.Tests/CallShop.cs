using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.OrderService;
using MsaShop.Outbox;
using MsaShop.PaymentService;
using MsaShop.PaymentService.Orders;
using MsaShop.ProductService;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;
using MsaShop.TossPayments.Testing;

namespace MsaShop.Calls.Tests;

/// <summary>A service on a real port, so that others can call it.</summary>
/// <typeparam name="TDatabase">Its context.</typeparam>
public sealed class Service<TDatabase>(string connectionName) : ServiceFactory<TDatabase>(connectionName)
    where TDatabase : DbContext
{
    public Uri Address => ClientOptions.BaseAddress;

    public async Task StartAsync()
    {
        await InitializeAsync();
        UseKestrel(0);
        StartServer();
    }

    public async Task<T> QueryAsync<T>(Func<TDatabase, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<TDatabase>());
    }
}

/// <summary>
/// order-svc, payment-svc and product-svc, which call each other and Toss through proxies, so that a test decides when a call
/// arrives, and how often.
/// </summary>
public sealed class CallShop : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private static long s_lastUserId = 1000;

    private StubService _users = null!;

    public Service<ProductDbContext> Products { get; } = new("productdb");

    public Service<OrderDbContext> Orders { get; } = new("orderdb");

    public Service<PaymentDbContext> Payments { get; } = new("paymentdb");

    public TossSimulator Toss { get; private set; } = null!;

    /// <summary>From order-svc to product-svc.</summary>
    public HoldingProxy ToProducts { get; private set; } = null!;

    /// <summary>From payment-svc to order-svc.</summary>
    public HoldingProxy ToOrders { get; private set; } = null!;

    /// <summary>From payment-svc to Toss.</summary>
    public HoldingProxy ToToss { get; private set; } = null!;

    public HttpClient Admin => Orders.CreateAdminClient();

    /// <summary>A user of whom no other test knows.</summary>
    public static long NewUserId() => Interlocked.Increment(ref s_lastUserId);

    public async Task InitializeAsync()
    {
        _users = await StubService.StartAsync(app =>
            app.MapGet(
                "/internal/users/{id:long}",
                (long id) =>
                    Results.Json(
                        new
                        {
                            id,
                            email = $"user{id}@example.com",
                            name = $"User {id}",
                            role = "USER",
                            createdAt = DateTime.UtcNow,
                        }
                    )
            )
        );
        Toss = await TossSimulator.StartAsync();
        ToToss = await HoldingProxy.InFrontOfAsync(Toss.Address);

        await Products.StartAsync();
        ToProducts = await HoldingProxy.InFrontOfAsync(Products.Address);

        Orders.UseService(ServiceNames.Users, _users.Address);
        Orders.UseService(ServiceNames.Products, ToProducts.Address);
        Orders.Settings["PaymentTerms:SweepInterval"] = "01:00:00";
        Orders.Settings["Outbox:PollingInterval"] = "00:00:00.100";
        await Orders.StartAsync();
        ToOrders = await HoldingProxy.InFrontOfAsync(Orders.Address);

        Payments.UseService(ServiceNames.Orders, ToOrders.Address);
        Payments.Settings["Toss:BaseAddress"] = ToToss.Address.GetLeftPart(UriPartial.Authority);
        Payments.Settings["Toss:SecretKey"] = Toss.SecretKey;
        Payments.Settings["Toss:ClientKey"] = Toss.ClientKey;
        Payments.Settings["Outbox:PollingInterval"] = "00:00:00.100";
        Payments.Settings["Holds:SweepInterval"] = "01:00:00";
        await Payments.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await ToOrders.DisposeAsync();
        await ToProducts.DisposeAsync();
        await ToToss.DisposeAsync();
        await Payments.DisposeAsync();
        await Orders.DisposeAsync();
        await Products.DisposeAsync();
        await Toss.DisposeAsync();
        await _users.DisposeAsync();
    }

    public async Task<long> AddProductAsync(int stock = 10, long price = 1_000) => (
            await Products
                .CreateAdminClient()
                .PostAsJsonAsync(
                    "/api/products",
                    new
                    {
                        name = "사과",
                        price,
                        stock,
                        category = "시험",
                    }
                )
                .JsonAsync(HttpStatusCode.Created)
        ).GetProperty("id").GetInt64();

    public async Task<int> StockAsync(long product) =>
        (await Products.CreateAdminClient().GetAsync($"/api/products/{product}").JsonAsync())
            .GetProperty("stock")
            .GetInt32();

    /// <summary>Places an order of one piece of this product.</summary>
    public async Task<PlacedOrder> PlaceAsync(long userId, long product, string paymentMethod = "CARD")
    {
        var answer = await AnswerAsync(() =>
            Orders
                .CreateClientFor(userId)
                .PostAsJsonAsync(
                    "/api/orders",
                    new
                    {
                        userId,
                        email = "calls@example.com",
                        items = new[] { new { productId = product, quantity = 1 } },
                        paymentMethod,
                    }
                )
        );
        var order = await answer.JsonAsync(HttpStatusCode.Created);
        return new PlacedOrder(
            order.GetProperty("id").GetInt64(),
            order.GetProperty("orderNumber").GetString()!,
            userId,
            order.GetProperty("totalPrice").GetInt64()
        );
    }

    /// <summary>Has the card charged, as the page does to which Toss sends the shopper back.</summary>
    public Task<HttpResponseMessage> ConfirmAsync(
        PlacedOrder order,
        string paymentKey,
        Service<PaymentDbContext>? replica = null
    ) =>
        (replica ?? Payments)
            .CreateClientFor(order.UserId)
            .PostAsJsonAsync(
                "/api/payments/confirm",
                new
                {
                    paymentKey,
                    orderId = order.Number,
                    amount = order.Total,
                }
            );

    /// <summary>Pays an order by card, and waits until it is confirmed.</summary>
    public async Task<JsonElement> PayAsync(PlacedOrder order, string? paymentKey = null)
    {
        paymentKey ??= await AuthorizeAsync(order);
        await AnswerAsync(() => ConfirmAsync(order, paymentKey));
        await WaitForPaymentAsync(order, "COMPLETED");
        await WaitAsync(async () => await StatusAsync(order) == "CONFIRMED", $"{order.Number} to be confirmed");
        return await PaymentAsync(order);
    }

    /// <summary>Tries to pay an order by a card that is refused, and waits until the order is let go.</summary>
    public async Task RefuseAsync(PlacedOrder order)
    {
        var paymentKey = await AuthorizeAsync(order, "REJECT_CARD_PAYMENT");
        await AnswerAsync(() => ConfirmAsync(order, paymentKey));
        await WaitForPaymentAsync(order, "FAILED");
        await WaitForReleaseAsync(order);
    }

    /// <summary>Asks again while a service is away: on a slow machine one may seem so.</summary>
    public static async Task<HttpResponseMessage> AnswerAsync(Func<Task<HttpResponseMessage>> ask)
    {
        var answer = await ask();
        await WaitAsync(
            async () =>
            {
                answer = answer.StatusCode == HttpStatusCode.ServiceUnavailable ? await ask() : answer;
                return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
            },
            "an answer"
        );
        return answer;
    }

    public Task<string> AuthorizeAsync(PlacedOrder order, string? refuseWith = null) =>
        Toss.AuthorizeAsync(order.Number, order.Total, refuseWith);

    /// <summary>A replica of payment-svc whose requests have hardly any time: the other one goes on with what they begin.</summary>
    public Service<PaymentDbContext> StartHastyReplica()
    {
        var replica = ReplicaOf(Payments, "paymentdb");
        replica.Settings["Toss:ConfirmTimeout"] = "00:00:00.100";
        replica.Settings["Toss:Margin"] = "00:00:00.100";
        replica.Settings["Outbox:Enabled"] = "false";
        return replica;
    }

    /// <summary>Another replica of a service, which starts when it is used first.</summary>
    public static Service<TDatabase> ReplicaOf<TDatabase>(Service<TDatabase> service, string connectionName)
        where TDatabase : DbContext
    {
        ArgumentNullException.ThrowIfNull(service);
        var replica = new Service<TDatabase>(connectionName);
        foreach (var (key, value) in service.Settings)
        {
            replica.Settings[key] = value;
        }

        return replica;
    }

    public Task<HttpResponseMessage> CancelAsync(PlacedOrder order) =>
        Orders.CreateClientFor(order.UserId).PostAsync($"/api/orders/{order.Id}/cancel", null);

    /// <summary>The order as an administrator sees it.</summary>
    public Task<JsonElement> ReadAsync(PlacedOrder order) => Admin.GetAsync($"/api/orders/{order.Id}").JsonAsync();

    public async Task<bool> IsHeldAsync(PlacedOrder order) =>
        (await ReadAsync(order)).GetProperty("paymentInProgress").GetBoolean();

    public async Task<string> StatusAsync(PlacedOrder order) =>
        (await ReadAsync(order)).GetProperty("status").GetString()!;

    /// <summary>The payment as an administrator sees it.</summary>
    public Task<JsonElement> PaymentAsync(PlacedOrder order) =>
        Payments.CreateAdminClient().GetAsync($"/api/payments/orders/{order.Id}").JsonAsync();

    public Task WaitForPaymentAsync(PlacedOrder order, string status) =>
        WaitAsync(
            async () =>
            {
                var answer = await Payments.CreateAdminClient().GetAsync($"/api/payments/orders/{order.Id}");
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    // payment-svc has not heard of the order yet.
                    return false;
                }

                var payment = await answer.JsonAsync();
                return payment.GetProperty("status").GetString() == status
                    && !payment.GetProperty("checking").GetBoolean();
            },
            $"the payment of {order.Number} to be {status}"
        );

    /// <summary>Waits until payment-svc has let the order go.</summary>
    public Task WaitForReleaseAsync(PlacedOrder order) =>
        WaitAsync(
            () =>
                Payments.QueryAsync(database =>
                    database
                        .Set<OutboxMessage>()
                        .AnyAsync(message =>
                            message.Type == ReleaseHold.Type
                            && message.Key == order.Number
                            && message.Status == OutboxStatus.Done
                        )
                ),
            $"{order.Number} to be let go"
        );

    /// <summary>Waits until order-svc and payment-svc have nothing left to do.</summary>
    public async Task SettleAsync()
    {
        await WaitAsync(() => Orders.QueryAsync(HasNoMessagesAsync), "order-svc's messages to be done");
        await WaitAsync(() => Payments.QueryAsync(HasNoMessagesAsync), "payment-svc's messages to be done");
    }

    private static async Task<bool> HasNoMessagesAsync(DbContext database) =>
        !await database.Set<OutboxMessage>().AnyAsync(message => message.Status != OutboxStatus.Done);

    /// <summary>Waits for a fact.</summary>
    public static async Task WaitAsync(Func<Task<bool>> isSo, string what)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(20);
        }
    }
}

/// <summary>An order that a test has placed.</summary>
public sealed record PlacedOrder(long Id, string Number, long UserId, long Total);
