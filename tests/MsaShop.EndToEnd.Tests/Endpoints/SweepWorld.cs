using System.Globalization;
using System.Net;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>Somebody with a token.</summary>
internal sealed record Actor(ShopClient Client, string Name, string Phone, string Address)
{
    public const string Password = "correct-horse-1";

    public long UserId => Client.UserId;

    public string Email => Client.Email;

    public string Token => Client.Http.DefaultRequestHeaders.Authorization!.Parameter!;
}

/// <summary>An order and what else hangs on it.</summary>
internal sealed record SweepOrder(long Id, string Number);

/// <summary>Who takes part in the sweep, and what they own: nothing of it belongs to other tests.</summary>
internal sealed class SweepWorld
{
    /// <summary>What the one product costs, so that every amount is known.</summary>
    public const long Price = 1_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ShopFixture _shop;

    private SweepWorld(ShopFixture shop) => _shop = shop;

    /// <summary>Talks to the gateway as nobody in particular.</summary>
    public required HttpClient Gateway { get; init; }

    public required string SigningKey { get; init; }

    public required IReadOnlyList<SweepOperation> Operations { get; init; }

    public Actor Admin { get; private set; } = null!;

    /// <summary>Asks for nothing but their own.</summary>
    public Actor Shopper { get; private set; } = null!;

    /// <summary>Asks for what is the victim's.</summary>
    public Actor Intruder { get; private set; } = null!;

    public Actor Victim { get; private set; } = null!;

    public SweepOrder VictimsOrder { get; private set; } = null!;

    public SweepOrder VictimsCardOrder { get; private set; } = null!;

    /// <summary>Enough of it for every order.</summary>
    public long Product { get; private set; }

    /// <summary>Words that nobody but the victim and administrators may ever read.</summary>
    public IReadOnlyList<string> Secrets =>
        [Victim.Email, Victim.Name, Victim.Phone, Victim.Address, VictimsOrder.Number, VictimsCardOrder.Number];

    public static async Task<SweepWorld> CreateAsync(ShopFixture shop)
    {
        var gateway = new HttpClient(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = 16,
                // As browsers do.
                RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            }
        )
        {
            BaseAddress = shop.App.GetEndpoint("gateway-svc", "http"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        var model = shop.App.Services.GetRequiredService<DistributedApplicationModel>();
        var signingKey = model
            .Resources.OfType<ParameterResource>()
            .Single(parameter => parameter.Name == "token-signing-key");

        var world = new SweepWorld(shop)
        {
            Gateway = gateway,
            SigningKey = (await signingKey.GetValueAsync(default))!,
            Operations = await SweepOperation.ReadAllAsync(gateway),
            Admin = new Actor(await shop.NewClient().LogInAsAdminAsync(), "", "", ""),
        };
        world.Product = await world.NewProductAsync();
        world.Shopper = await world.NewActorAsync();
        world.Intruder = await world.NewActorAsync();
        world.Victim = await world.NewActorAsync();
        world.VictimsOrder = await world.NewOrderAsync(world.Victim, "BANK_TRANSFER");
        world.VictimsCardOrder = await world.NewOrderAsync(world.Victim, "CARD");
        return world;
    }

    public async Task<Actor> NewActorAsync()
    {
        var word = Guid.NewGuid().ToString("N")[..12];
        var number = Random.Shared.Next(100_000_000).ToString("00000000", CultureInfo.InvariantCulture);
        var actor = new Actor(_shop.NewClient(), $"Name {word}", $"010-{number[..4]}-{number[4..]}", $"Street {word}");
        var email = $"sweep-{word}@example.com";
        await SucceedAsync(
            actor.Client,
            HttpMethod.Post,
            "/api/users/signup",
            new
            {
                email,
                password = Actor.Password,
                name = actor.Name,
                phone = actor.Phone,
            }
        );
        await actor.Client.LogInAsync(email, Actor.Password);
        return actor;
    }

    public async Task<long> NewProductAsync()
    {
        var product = await SucceedAsync(
            Admin.Client,
            HttpMethod.Post,
            "/api/products",
            new
            {
                name = "스윕 상품",
                price = Price,
                category = "Sweep",
                stock = 1_000_000,
            }
        );
        return product.GetProperty("id").GetInt64();
    }

    public async Task<SweepOrder> NewOrderAsync(Actor owner, string paymentMethod)
    {
        var order = await SucceedAsync(
            owner.Client,
            HttpMethod.Post,
            "/api/orders",
            new
            {
                userId = owner.UserId,
                email = owner.Email,
                items = new[] { new { productId = Product, quantity = 1 } },
                paymentMethod,
                recipient = new
                {
                    name = owner.Name,
                    phone = owner.Phone,
                    postalCode = "04524",
                    address1 = owner.Address,
                },
                depositorName = owner.Name,
            }
        );
        return new SweepOrder(order.GetProperty("id").GetInt64(), order.GetProperty("orderNumber").GetString()!);
    }

    /// <summary>An order with its payment row, which payment-svc makes once it has heard of the order.</summary>
    public async Task<(long OrderId, long PaymentId)> NewPaymentAsync(Actor owner)
    {
        var order = await NewOrderAsync(owner, "BANK_TRANSFER");
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var payment = await owner.Client.GetAsync($"/api/payments/orders/{order.Id}");
            if (payment.Status == HttpStatusCode.OK)
            {
                return (order.Id, payment.Body.GetProperty("id").GetInt64());
            }

            Assert.Equal(HttpStatusCode.NotFound, payment.Status);
            await Task.Delay(100, patience.Token);
        }
    }

    public async Task<long> NewPaidPaymentAsync(Actor owner)
    {
        var (order, payment) = await NewPaymentAsync(owner);
        await SucceedAsync(Admin.Client, HttpMethod.Post, $"/api/payments/orders/{order}/deposit", new { });
        return payment;
    }

    public async Task<long> NewRefundAsync(Actor owner)
    {
        var payment = await NewPaidPaymentAsync(owner);
        await SucceedAsync(Admin.Client, HttpMethod.Post, $"/api/payments/{payment}/refund", new { reason = "Sweep" });
        var refunds = await SucceedAsync(Admin.Client, HttpMethod.Get, "/api/payments/refunds");
        return refunds
            .GetProperty("items")
            .EnumerateArray()
            .First(refund => refund.GetProperty("paymentId").GetInt64() == payment)
            .GetProperty("id")
            .GetInt64();
    }

    /// <summary>The file name of some product's picture.</summary>
    public async Task<string> FindPictureAsync()
    {
        var products = await SucceedAsync(Shopper.Client, HttpMethod.Get, "/api/products?sort=name&size=100");
        return products
            .GetProperty("items")
            .EnumerateArray()
            .Select(product => product.TryGetProperty("imageUrl", out var url) ? url.GetString() : null)
            .First(url => url?.StartsWith("/api/products/images/", StringComparison.Ordinal) == true)!
            .Split('/')[^1];
    }

    private static async Task<JsonElement> SucceedAsync(
        ShopClient client,
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        var answer = await client.SendAsync(method, path, body);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer.Body;
    }
}
