using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Tests;

/// <summary>Anybody can send as many webhooks as he likes about a payment whose key he knows.</summary>
public sealed class WebhookFloodTests : IAsyncLifetime
{
    private const int Keys = 20;
    private const int Each = 40;

    private readonly CardShop _shop = new();

    public Task InitializeAsync() => _shop.InitializeAsync();

    public Task DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Toss_is_asked_about_each_payment_a_few_times_and_others_get_their_turn()
    {
        await using var service = _shop.StartReplica(settings =>
        {
            settings["Webhooks:Burst"] = "3";
            settings["Webhooks:Pause"] = "01:00:00";
        });
        using var deliveries = new MetricCollector<long>(
            service.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Outbox",
            "msashop.outbox.deliveries"
        );
        using var others = new MetricCollector<long>(
            _shop.Service.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Outbox",
            "msashop.outbox.deliveries"
        );
        var known = new List<(StubOrder Order, string Key)>();
        for (var index = 0; index < Keys; index++)
        {
            var order = _shop.Orders.Add(PaymentShop.NewId());
            var key = await _shop.Toss.AuthorizeAsync(order.Number, order.Total);
            await _shop.LeaveAttemptAsync(order, key, TimeSpan.Zero, CardAttemptStatus.Refused);
            known.Add((order, key));
        }

        var buyer = _shop.Orders.Add(PaymentShop.NewId());
        var paying = await _shop.Toss.AuthorizeAsync(buyer.Number, buyer.Total);
        var client = service.CreateAnonymousClient();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Keys * Each),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (index, _) =>
            {
                var (order, key) = known[index % Keys];
                await SendAsync(client, order, key);
                if (index == Keys * Each / 2)
                {
                    // Its order is told of the charge by a message.
                    await _shop.LeaveAttemptAsync(buyer, paying, TimeSpan.Zero);
                }
            }
        );
        await CardShop.WaitForOrderAsync(buyer, "CONFIRMED");

        var asked = deliveries
            .GetMeasurementSnapshot()
            .Concat(others.GetMeasurementSnapshot())
            .Count(delivery => (string)delivery.Tags["type"]! == SettleCard.Type);
        // The buyer's own payment is asked about besides.
        Assert.InRange(asked, Keys, (Keys * 3) + 10);
        Assert.InRange(await _shop.QueryAsync(database => database.WebhookDeliveries.CountAsync()), Keys, Keys * 3);
    }

    [Fact]
    public async Task A_hint_that_comes_after_too_many_is_followed_later()
    {
        await using var service = _shop.StartReplica(settings =>
        {
            settings["Webhooks:Burst"] = "2";
            settings["Webhooks:Pause"] = "00:00:03";
        });
        var client = service.CreateAnonymousClient();
        var order = _shop.Orders.Add(PaymentShop.NewId());
        var key = await _shop.Toss.AuthorizeAsync(order.Number, order.Total);
        (await _shop.ConfirmAsync(order, key)).EnsureSuccessStatusCode();
        for (var index = 0; index < 10; index++)
        {
            await SendAsync(client, order, key);
        }

        using var refunded = await _shop.Toss.Client.PostAsJsonAsync(
            $"/v1/payments/{key}/cancel",
            new { cancelReason = "By telephone", cancelAmount = 2500 }
        );
        refunded.EnsureSuccessStatusCode();
        await SendAsync(client, order, key);

        await CardShop.WaitAsync(
            async () => (await _shop.PaymentAsync(order)).GetProperty("refundedAmount").GetInt64() == 2500,
            () => "The refund is not written down."
        );
    }

    private static async Task SendAsync(HttpClient client, StubOrder order, string paymentKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/webhooks/toss")
        {
            Content = JsonContent.Create(
                new { eventType = "PAYMENT_STATUS_CHANGED", data = new { paymentKey, orderId = order.Number } }
            ),
            Headers = { { "tosspayments-webhook-transmission-id", Guid.NewGuid().ToString() } },
        };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
