using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.OrderService;
using MsaShop.PaymentService;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.Calls.Tests.Releases;

/// <summary>What this release says, once for all tests.</summary>
public sealed class TalkingShop : IAsyncLifetime
{
    public CallShop Shop { get; } = new();

    public Conversation Now { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Shop.InitializeAsync();
        Now = await Conversation.HoldAsync(Shop);
        if (Environment.GetEnvironmentVariable("MSA_SHOP_WRITE_RELEASE") is not null)
        {
            Now.Write();
        }
    }

    public Task DisposeAsync() => Shop.DisposeAsync();
}

/// <summary>
/// While a release is rolled out, replicas of two run side by side, and what one has stored or sent the other reads. So what is
/// said only ever grows: whatever the first release reads is there, and whatever it says is understood.
/// </summary>
public sealed class MixedReleaseTests(TalkingShop talking) : IClassFixture<TalkingShop>
{
    /// <summary>
    /// Calls that the first release does not know, and answers with 404: each caller handles that.
    /// </summary>
    private static readonly string[] s_new =
    [
        "GET order-svc/internal/orders/held",
        "POST order-svc/internal/orders/{orderNumber}/refund",
        "POST order-svc/internal/orders/{orderNumber}/deposit",
    ];

    private const string SharedKey = "what all services of the first release share";

    private readonly CallShop _shop = talking.Shop;
    private readonly Conversation _now = talking.Now;
    private readonly Conversation _first = Conversation.OfFirstRelease();

    [Fact]
    public void Whatever_the_first_release_reads_is_said_still()
    {
        var complaints = _first
            .Messages.Join(_now.Messages, first => first.Name, now => now.Name, (first, now) => now.FindMissing(first))
            .SelectMany(missing => missing);

        Assert.Empty(complaints);
        // Nor is anything missing as a whole.
        Assert.Empty(_first.Messages.Select(message => message.Name).Except(_now.Messages.Select(m => m.Name)));
    }

    [Fact]
    public void Nothing_is_said_that_the_first_release_would_stumble_over()
    {
        var unknown = _now.Messages.Select(NameWithoutStatus).Except(_first.Messages.Select(NameWithoutStatus));

        // Events of a new type are passed over, and messages of one are left to replicas that know it.
        string[] harmless = ["event ", "message ", .. s_new];
        Assert.DoesNotContain(
            unknown,
            name => !harmless.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))
        );
        foreach (var (about, words) in _first.Words)
        {
            Assert.Equal(words, _now.Words[about]);
        }
    }

    [Fact]
    public async Task Calls_of_the_first_release_are_answered_as_they_were()
    {
        var (user, product) = (CallShop.NewUserId(), await _shop.AddProductAsync());
        var order = await _shop.PlaceAsync(user, product);
        var payments = _shop.Orders.CreateServiceClient(ServiceNames.Payments);
        var orders = _shop.Products.CreateServiceClient(ServiceNames.Orders);
        var path = $"/internal/orders/{order.Number}";

        await AnswersAsync(payments, path, "GET order-svc/internal/orders/{orderNumber} 200");
        await AnswersAsync(payments, $"{path}/hold", "POST order-svc/internal/orders/{orderNumber}/hold 200");
        Assert.True(await _shop.IsHeldAsync(order));
        await AnswersAsync(payments, $"{path}/release", "POST order-svc/internal/orders/{orderNumber}/release 204");
        Assert.False(await _shop.IsHeldAsync(order));
        await AnswersAsync(
            payments,
            $"{path}/paid",
            "POST order-svc/internal/orders/{orderNumber}/paid 200",
            ("amount", order.Total)
        );
        Assert.Equal("CONFIRMED", await _shop.StatusAsync(order));
        await AnswersAsync(payments, "/internal/orders/events", "GET order-svc/internal/orders/events 200");
        await AnswersAsync(payments, "/internal/orders", "GET order-svc/internal/orders 200");

        var taken = $"20261130-{Guid.NewGuid():N}";
        await AnswersAsync(
            orders,
            "/internal/stock/take",
            "POST product-svc/internal/stock/take 200",
            ("orderNumber", taken),
            ("productId", product)
        );
        Assert.Equal(8, await _shop.StockAsync(product));
        await AnswersAsync(
            orders,
            "/internal/stock/return",
            "POST product-svc/internal/stock/return 204",
            ("orderNumber", taken)
        );
        Assert.Equal(9, await _shop.StockAsync(product));
    }

    [Fact]
    public async Task Events_of_the_first_release_have_their_effect()
    {
        // One order that is paid by card, and two transfers, of which one comes and one is cancelled.
        var events = new JsonArray(
            Event(1, "event ORDER_PLACED CARD", order: 1),
            Event(2, "event ORDER_PLACED BANK_TRANSFER", order: 2),
            Event(3, "event ORDER_PLACED BANK_TRANSFER", order: 3),
            Event(4, "event ORDER_STATUS_CHANGED CONFIRMED", order: 2),
            Event(5, "event ORDER_STATUS_CHANGED CANCELLED", order: 3)
        );
        await using var orders = await StubService.StartAsync(
            app =>
                app.MapGet(
                    "/internal/orders/events",
                    (long after) =>
                        Results.Text(
                            new JsonObject
                            {
                                ["events"] = new JsonArray([.. events.Skip((int)after).Select(e => e!.DeepClone())]),
                                ["last"] = events.Count,
                            }.ToJsonString(),
                            "application/json"
                        )
                ),
            isDocumented: false
        );
        await using var payments = new Service<PaymentDbContext>("paymentdb");
        foreach (var (key, value) in _shop.Payments.Settings.Where(setting => !setting.Key.Contains("paymentdb")))
        {
            payments.Settings[key] = value;
        }

        payments.UseService(ServiceNames.Orders, orders.Address);
        await payments.StartAsync();

        await CallShop.WaitAsync(
            () =>
                payments.QueryAsync(database =>
                    database.EventCursors.AnyAsync(cursor => cursor.Position == events.Count)
                ),
            "the events to be read"
        );
        Assert.Equal(
            [(2L, PaymentStatus.Completed), (3L, PaymentStatus.Failed)],
            (
                await payments.QueryAsync(database =>
                    database.Payments.OrderBy(payment => payment.OrderId).ToListAsync()
                )
            ).Select(payment => (payment.OrderId, payment.Status))
        );
        var card = Assert.Single(await payments.QueryAsync(database => database.AwaitedCards.ToListAsync()));
        Assert.Equal((1L, "20261130-order-1"), (card.OrderId, card.OrderNumber));
    }

    [Fact]
    public async Task Messages_that_the_first_release_has_left_in_its_outbox_are_delivered()
    {
        var (user, product) = (CallShop.NewUserId(), await _shop.AddProductAsync());
        var order = await _shop.PlaceAsync(user, product);
        var payment = await _shop.PayAsync(order);
        var paymentId = payment.GetProperty("id").GetInt64();
        await _shop.CancelAsync(order).JsonAsync();
        await _shop.WaitForPaymentAsync(order, "REFUNDED");
        await _shop.SettleAsync();
        var attempt = await _shop.Payments.QueryAsync(database =>
            database.CardAttempts.SingleAsync(attempt => attempt.PaymentId == paymentId)
        );
        var refund = await _shop.Payments.QueryAsync(database =>
            database.Refunds.SingleAsync(refund => refund.PaymentId == paymentId)
        );
        (string, JsonNode)[] known =
        [
            ("orderNumber", order.Number),
            ("paymentId", paymentId),
            ("attemptId", attempt.Id),
            ("refundId", refund.Id),
        ];
        var messages = _first.Messages.Where(message => message.Name.StartsWith("message ", StringComparison.Ordinal));

        foreach (var message in messages)
        {
            var (service, type) = message.Name.Split(' ') is [_, var first, var second]
                ? (first, second)
                : throw new FormatException(message.Name);
            var payload = With(message.Body!, known).ToJsonString();
            await (
                service == "order-svc"
                    ? _shop.Orders.QueryAsync(database => LeaveAsync(database, type, payload))
                    : _shop.Payments.QueryAsync(database => LeaveAsync(database, type, payload))
            );
        }

        // None is dead either.
        await _shop.SettleAsync();
        Assert.Equal(10, await _shop.StockAsync(product));
    }

    /// <summary>A service with the first release's shared key accepts its calls.</summary>
    [Fact]
    public async Task A_service_of_the_first_release_is_let_in_while_the_key_of_that_release_is_there()
    {
        await using var updated = CallShop.ReplicaOf(_shop.Orders, "orderdb");
        updated.Settings["ServiceTokens:SharedKey"] = SharedKey;

        await CallAsync(updated, ServiceNames.Payments, SharedKey).JsonAsync();
        // Each endpoint lists who may call all the same, and somebody else's key is nobody's.
        await CallAsync(updated, ServiceNames.Gateway, SharedKey).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await CallAsync(updated, ServiceNames.Payments, new string('k', 40))
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        // Once it is taken away, nobody is let in with it.
        await CallAsync(_shop.Orders, ServiceNames.Payments, SharedKey)
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        static Task<HttpResponseMessage> CallAsync(Service<OrderDbContext> orders, string caller, string key) =>
            orders
                .CreateAnonymousClient()
                .WithToken(FirstRelease.Token(caller, ServiceNames.Orders, key))
                .GetAsync("/internal/orders/events?after=0&limit=1");
    }

    /// <summary>The other way round, and while the key is taken away from one replica after another.</summary>
    [Fact]
    public async Task With_that_key_a_service_is_let_in_by_the_first_release_and_by_this_one_with_the_key_or_without()
    {
        await using var old = await StubService.StartAsync(
            app =>
                app.MapGet(
                    "/internal/orders/{number}",
                    async (string number, HttpContext context) =>
                        await FirstRelease.BelievesAsync(
                            context.Request.Headers.Authorization.ToString()["Bearer ".Length..],
                            ServiceNames.Orders,
                            SharedKey
                        )
                            ? Results.NotFound()
                            : Results.Unauthorized()
                ),
            isDocumented: false
        );
        await using var withKey = CallShop.ReplicaOf(_shop.Orders, "orderdb");
        withKey.Settings["ServiceTokens:SharedKey"] = SharedKey;
        withKey.UseKestrel(0);
        withKey.StartServer();
        var order = await _shop.PlaceAsync(CallShop.NewUserId(), await _shop.AddProductAsync());

        Assert.Null(await FindAsync(SharedKey, old.Address, order.Number));
        Assert.NotNull(await FindAsync(SharedKey, withKey.Address, order.Number));
        Assert.NotNull(await FindAsync(SharedKey, _shop.Orders.Address, order.Number));
        Assert.NotNull(await FindAsync(null, withKey.Address, order.Number));
        // What the key is for.
        await Assert.ThrowsAsync<HttpRequestException>(() => FindAsync(null, old.Address, order.Number));

        async Task<ShopOrder?> FindAsync(string? sharedKey, Uri orders, string number)
        {
            await using var payments = CallShop.ReplicaOf(_shop.Payments, "paymentdb");
            payments.Settings["ServiceTokens:SharedKey"] = sharedKey;
            payments.Settings["Outbox:Enabled"] = "false";
            payments.UseService(ServiceNames.Orders, orders);
            await using var scope = payments.Services.CreateAsyncScope();
            return await scope
                .ServiceProvider.GetRequiredService<OrderClient>()
                .FindAsync(number, CancellationToken.None);
        }
    }

    [Fact]
    public async Task While_the_key_of_access_tokens_is_replaced_sessions_of_both_go_on()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var otherKey = Convert.ToBase64String(other.ExportSubjectPublicKeyInfo());
        await using var orders = CallShop.ReplicaOf(_shop.Orders, "orderdb");
        orders.Settings["AccessTokens:PublicKey"] = $"{otherKey} {orders.Settings["AccessTokens:PublicKey"]}";
        await using var later = CallShop.ReplicaOf(_shop.Orders, "orderdb");
        later.Settings["AccessTokens:PublicKey"] = otherKey;

        await orders.CreateClientFor(1).GetAsync("/api/orders").JsonAsync();
        await later
            .CreateClientFor(1)
            .GetAsync("/api/orders")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static string NameWithoutStatus(Message message) => message.Name.TrimEnd("0123456789".ToCharArray());

    private static Task<int> LeaveAsync(DbContext database, string type, string payload) =>
        database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO outbox_messages (type, payload, status, attempts, failures, next_attempt_at, created_at)
            VALUES ({type}, {payload}, 'PENDING', 0, 0, UTC_TIMESTAMP(), UTC_TIMESTAMP())
            """
        );

    private JsonNode Event(long position, string name, long order)
    {
        var happened = With(
            _first[name].Body!,
            ("position", position),
            ("orderId", order),
            ("orderNumber", $"20261130-order-{order}")
        );
        return happened;
    }

    /// <summary>Sends the first release's call again, and compares its answer with what that got.</summary>
    private async Task AnswersAsync(
        HttpClient client,
        string path,
        string name,
        params (string Name, JsonNode Value)[] known
    )
    {
        var recorded = _first[name];
        var query = recorded.Query is { } parameters
            ? "?" + string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!.ToString())}"))
            : "";
        using var request = new HttpRequestMessage(new HttpMethod(name.Split(' ')[0]), path + query);
        if (recorded.Body is not null)
        {
            request.Content = JsonContent.Create(With(recorded.Body, known));
        }

        var answer = await client.SendAsync(request);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal($"{name.Split(' ')[^1]}", $"{(int)answer.StatusCode}");
        var now = recorded with { Answer = body.Length == 0 ? null : JsonNode.Parse(body) };
        Assert.Empty(now.FindMissing(recorded));
    }

    /// <summary>The same, about something else.</summary>
    private static JsonNode With(JsonNode node, params (string Name, JsonNode Value)[] known)
    {
        var copy = node.DeepClone();
        Replace(copy);
        return copy;

        void Replace(JsonNode? within)
        {
            switch (within)
            {
                case JsonObject members:
                    foreach (var (name, value) in known.Where(one => members.ContainsKey(one.Name)))
                    {
                        members[name] = value.DeepClone();
                    }

                    members.ToList().ForEach(member => Replace(member.Value));
                    break;
                case JsonArray items:
                    items.ToList().ForEach(Replace);
                    break;
            }
        }
    }
}
