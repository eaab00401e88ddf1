using System.Diagnostics;
using System.Net;
using MsaShop.EndToEnd.Tests.Crashes;

namespace MsaShop.EndToEnd.Tests.Payments;

/// <summary>Toss's webhooks are hints: they may come before the answer, after it, instead of it, twice or not at all.</summary>
[Collection(CrashCollection.Name)]
public sealed class WebhookTests(CrashFixture shop)
{
    /// <summary>The earliest that the shop would ask Toss by itself for an answer that was lost.</summary>
    private static readonly TimeSpan s_ownLookup = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task A_webhook_before_the_answer_confirms_the_order_once()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync("slow-after-approve", "confirm", scenario.OrderNumber, seconds: 2);

        var confirm = scenario.ConfirmAsync();
        await WaitForConfirmationAsync(scenario, s_ownLookup);

        Scenario.Expect(HttpStatusCode.OK, await confirm);
        await shop.SettleAndCheckAsync();
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
    }

    [Fact]
    public async Task A_webhook_instead_of_the_answer_confirms_the_order()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync("drop-response-after-approve", "confirm", scenario.OrderNumber);

        await scenario.ConfirmAsync();
        await WaitForConfirmationAsync(scenario, s_ownLookup);

        await shop.SettleAndCheckAsync();
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
    }

    /// <summary>Neither answer nor webhook: the shop asks by itself.</summary>
    [Fact]
    public async Task Without_a_webhook_the_shop_asks()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync("hold", operation: null, scenario.OrderNumber);
        await shop.Toss.AddFaultAsync("drop-response-after-approve", "confirm", scenario.OrderNumber);

        await scenario.ConfirmAsync();

        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    [Theory]
    [InlineData("duplicate")]
    [InlineData("reorder")]
    public async Task Webhooks_twice_or_in_the_wrong_order_change_nothing(string fault)
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync(fault, operation: null, scenario.OrderNumber, seconds: 2);

        var paid = Scenario.Expect(HttpStatusCode.OK, await scenario.ConfirmAsync());
        Scenario.Expect(HttpStatusCode.OK, await Scenario.RepeatAsync(scenario.CancelAsync));

        await shop.SettleAndCheckAsync();
        Assert.Equal("CANCELLED", await scenario.OrderStatusAsync());
        var payment = await scenario.PaymentAsync();
        Assert.Equal("REFUNDED", payment.GetProperty("status").GetString());
        Assert.Equal(paid.Body.GetProperty("id").GetInt64(), payment.GetProperty("id").GetInt64());
    }

    /// <summary>Anybody can send one: what it says is worth nothing.</summary>
    [Fact]
    public async Task A_forged_webhook_pays_nothing()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        using var stranger = shop.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/webhooks/toss")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new
                {
                    eventType = "PAYMENT_STATUS_CHANGED",
                    createdAt = "2026-01-01T00:00:00.000000",
                    data = new
                    {
                        paymentKey = scenario.PaymentKey,
                        orderId = scenario.OrderNumber,
                        status = "DONE",
                        totalAmount = Scenario.Amount,
                        balanceAmount = Scenario.Amount,
                    },
                }
            ),
            Headers =
            {
                { "tosspayments-webhook-transmission-id", Guid.NewGuid().ToString() },
                { "tosspayments-webhook-transmission-time", "2026-01-01T00:00:00+09:00" },
                { "tosspayments-webhook-transmission-retried-count", "0" },
            },
        };

        using var answer = await stranger.Http.SendAsync(request);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        await shop.SettleAndCheckAsync();
        Assert.Equal("PENDING", await scenario.OrderStatusAsync());
    }

    private static async Task WaitForConfirmationAsync(Scenario scenario, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (await scenario.OrderStatusAsync() is var status && status != "CONFIRMED")
        {
            Assert.True(watch.Elapsed < limit, $"The order is still {status}.");
            await Task.Delay(50);
        }
    }
}
