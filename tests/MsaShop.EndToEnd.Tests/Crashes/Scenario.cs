using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>One shopper, one product, one order, and what can be done with it. Every request can be sent again.</summary>
public sealed class Scenario
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(45);

    private readonly CrashFixture _shop;
    private readonly string _orderKey = Guid.NewGuid().ToString("N");
    private readonly string _refundKey = Guid.NewGuid().ToString("N");

    private Scenario(CrashFixture shop, ShopClient shopper, long product)
    {
        _shop = shop;
        Shopper = shopper;
        Product = product;
    }

    public const int Stock = 10;
    public const int Quantity = 2;
    public const decimal Price = 12_000;

    public ShopClient Shopper { get; }

    public long Product { get; }

    public long OrderId { get; private set; }

    public string OrderNumber { get; private set; } = "";

    public long PaymentId { get; private set; }

    /// <summary>What Toss gave the buyer who has shown a card in its window.</summary>
    public string PaymentKey { get; private set; } = "";

    public static decimal Amount => Quantity * Price;

    public static async Task<Scenario> BeginAsync(CrashFixture shop)
    {
        // A test that failed may have left something dead.
        await shop.Power.RestoreAsync();
        return new Scenario(shop, await shop.ShopperAsync(), await shop.NewProductAsync(Stock, Price));
    }

    /// <summary>A scenario whose order has been placed, by card.</summary>
    public static async Task<Scenario> OrderedAsync(CrashFixture shop)
    {
        var scenario = await BeginAsync(shop);
        scenario.Remember(Expect(HttpStatusCode.Created, await scenario.CreateAsync()));
        return scenario;
    }

    /// <summary>A scenario whose order is about to be paid: the card has been shown, and nothing charged.</summary>
    public static async Task<Scenario> AuthenticatedAsync(CrashFixture shop)
    {
        var scenario = await OrderedAsync(shop);
        await scenario.AuthenticateAsync();
        return scenario;
    }

    /// <summary>A scenario whose order has been paid.</summary>
    public static async Task<Scenario> PaidAsync(CrashFixture shop)
    {
        var scenario = await AuthenticatedAsync(shop);
        var paid = Expect(HttpStatusCode.OK, await scenario.ConfirmAsync());
        scenario.PaymentId = paid.Body.GetProperty("id").GetInt64();
        return scenario;
    }

    public Task<Answer> CreateAsync() => Shopper.OrderAsync("CARD", [(Product, Quantity)], _orderKey);

    /// <summary>Shows Toss another card, or the same once more.</summary>
    public async Task<string> AuthenticateAsync() =>
        PaymentKey = await _shop.Toss.AuthenticateAsync(OrderNumber, Amount);

    public Task<Answer> ConfirmAsync() => ConfirmAsync(PaymentKey, Amount);

    public Task<Answer> ConfirmAsync(string paymentKey, decimal amount) =>
        Shopper.SendAsync(
            HttpMethod.Post,
            "/api/payments/confirm",
            new
            {
                paymentKey,
                orderId = OrderNumber,
                amount,
            }
        );

    public Task<Answer> CancelAsync() => Shopper.SendAsync(HttpMethod.Post, $"/api/orders/{OrderId}/cancel");

    public async Task<Answer> RefundAsync(decimal? amount = null) =>
        await (await _shop.AdminAsync()).SendAsync(
            HttpMethod.Post,
            $"/api/payments/{PaymentId}/refund",
            new { amount, reason = "Broken" },
            _refundKey
        );

    /// <summary>Learns from the answer which order this is about.</summary>
    public void Remember(Answer created)
    {
        OrderId = created.Body.GetProperty("id").GetInt64();
        OrderNumber = created.Body.GetProperty("orderNumber").GetString()!;
    }

    public async Task<string> OrderStatusAsync() =>
        Expect(HttpStatusCode.OK, await Shopper.GetAsync($"/api/orders/{OrderId}"))
            .Body.GetProperty("status")
            .GetString()!;

    public async Task<JsonElement> PaymentAsync() =>
        Expect(HttpStatusCode.OK, await Shopper.GetAsync($"/api/payments/orders/{OrderId}")).Body;

    /// <summary>All orders of the product.</summary>
    public async Task<IReadOnlyList<JsonElement>> OrdersAsync() =>
        [
            .. Expect(HttpStatusCode.OK, await Shopper.GetAsync("/api/orders"))
                .Body.GetProperty("items")
                .EnumerateArray()
                .Where(order =>
                    order
                        .GetProperty("items")
                        .EnumerateArray()
                        .Any(item => item.GetProperty("productId").GetInt64() == Product)
                ),
        ];

    /// <summary>
    /// Sends a request again and again, as a patient client would, until it has a final answer: neither that the shop is
    /// out of order, nor that the same request is still running.
    /// </summary>
    public static async Task<Answer> RepeatAsync(Func<Task<Answer>> send)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await send();
            if (!IsPassing(answer) || watch.Elapsed > s_patience)
            {
                return answer;
            }

            await Task.Delay(200);
        }
    }

    public static Answer Expect(HttpStatusCode status, Answer answer)
    {
        Assert.True(answer.Status == status, $"Expected {(int)status}, got {answer}");
        return answer;
    }

    private static bool IsPassing(Answer answer) =>
        answer.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Accepted
        || (
            answer.Status == HttpStatusCode.Conflict
            && answer.Code is "request_in_progress" or "payment_in_progress" or "refund_in_progress"
        );
}
