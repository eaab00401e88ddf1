using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public class TossWebhookTests(CardShop shop) : IClassFixture<CardShop>
{
    private const string Path = "/api/payments/webhooks/toss";

    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly StubOrder _order = shop.Orders.Add(PaymentShop.NewId());

    private Task<string> AuthorizeAsync() => shop.Toss.AuthorizeAsync(_order.Number, _order.Total);

    [Fact]
    public async Task A_webhook_before_our_own_answer_completes_the_payment()
    {
        var key = await AuthorizeAsync();
        await shop.LeaveAttemptAsync(_order, key, s_long);
        await shop.ChargeAsync(_order, key, "confirm-in-flight");

        await SendAsync(key, "DONE");

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    [Fact]
    public async Task A_webhook_after_the_answer_and_its_repeats_change_nothing()
    {
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync();
        var id = Guid.NewGuid().ToString();

        await SendAsync(key, "DONE", id);
        await SendAsync(key, "DONE", id);
        await SendAsync(key, "DONE");

        Assert.Equal(
            2,
            await shop.QueryAsync(database => database.WebhookDeliveries.CountAsync(d => d.PaymentKey == key))
        );
        await WaitUntilSettledAsync();
        var payment = await shop.PaymentAsync(_order);
        Assert.Equal("COMPLETED", payment.GetProperty("status").GetString());
        Assert.Equal(1, payment.GetProperty("history").GetArrayLength());
    }

    [Theory]
    [InlineData("DONE")]
    [InlineData("CANCELED")]
    [InlineData("ABORTED")]
    public async Task A_forged_webhook_changes_nothing(string status)
    {
        var key = await AuthorizeAsync();
        var attempt = await shop.LeaveAttemptAsync(_order, key, s_long);

        await SendAsync(key, status);

        var id = SettleCard.KeyOf(attempt);
        await CardShop.WaitAsync(
            () =>
                shop.QueryAsync(database =>
                    database
                        .Set<OutboxMessage>()
                        .AnyAsync(m => m.Type == SettleCard.Type && m.Key == id && m.LastError != null)
                ),
            () => "Toss is not asked."
        );
        var payment = await shop.PaymentAsync(_order);
        Assert.Equal("PENDING", payment.GetProperty("status").GetString());
        Assert.True(payment.GetProperty("checking").GetBoolean());
        Assert.Equal("PENDING", _order.Status);
    }

    [Fact]
    public async Task A_refund_made_at_Toss_is_written_down()
    {
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync();
        (
            await shop.Toss.Client.PostAsJsonAsync(
                $"/v1/payments/{key}/cancel",
                new { cancelReason = "By telephone", cancelAmount = 2500 }
            )
        ).EnsureSuccessStatusCode();

        await SendAsync(key, "PARTIAL_CANCELED");

        await CardShop.WaitAsync(
            async () => (await shop.PaymentAsync(_order)).GetProperty("refundedAmount").GetInt64() == 2500,
            () => "The refund is not written down."
        );
    }

    [Fact]
    public async Task What_is_not_known_here_is_taken_and_forgotten()
    {
        await SendAsync("tgen_unknown", "DONE");
        await PostAsync(new { eventType = "payout.changed", data = new { } }).StatusAsync(HttpStatusCode.OK);
        await PostAsync(
                new
                {
                    createdAt = "2026-11-23T12:00:00.000000",
                    secret = "ps_secret",
                    status = "DONE",
                    transactionKey = "transaction",
                    orderId = "20261123-UNKNOWN",
                }
            )
            .StatusAsync(HttpStatusCode.OK);

        Assert.False(
            await shop.QueryAsync(database =>
                database.WebhookDeliveries.AnyAsync(delivery =>
                    delivery.PaymentKey == "tgen_unknown" || delivery.EventType != "PAYMENT_STATUS_CHANGED"
                )
            )
        );
    }

    [Fact]
    public async Task What_is_not_Toss_s_is_refused()
    {
        await PostAsync(new { eventType = "PAYMENT_STATUS_CHANGED" }).InvalidAsync("data.paymentKey", "data.orderId");
        await PostAsync(new { }).InvalidAsync("orderId", "transactionKey", "status");
        await PostAsync(new { eventType = "결제" }).InvalidAsync("eventType");
        await PostAsync(new { eventType = "payout.changed" }, new string('x', 101))
            .InvalidAsync("tosspayments-webhook-transmission-id");
        await shop
            .Service.CreateAnonymousClient()
            .PostAsync(Path, new StringContent("{", Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task A_message_too_large_is_not_read()
    {
        // Limits are the real server's; so much that the client is still sending when the answer comes.
        await using var service = shop.StartReplica(onRealPort: true);
        using var body = new StringContent(new string(' ', 16 * 1024 * 1024), Encoding.UTF8, "application/json");

        var answer = await service.CreateAnonymousClient().PostAsync(Path, body);

        var problem = await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.Equal("The body is larger than 65536 bytes.", problem.GetProperty("detail").GetString());
    }

    private Task SendAsync(string paymentKey, string status, string? transmissionId = null) =>
        PostAsync(
                new
                {
                    eventType = "PAYMENT_STATUS_CHANGED",
                    createdAt = "2026-11-23T12:00:00.000000",
                    data = new
                    {
                        paymentKey,
                        orderId = _order.Number,
                        status,
                        totalAmount = 1,
                    },
                },
                transmissionId ?? Guid.NewGuid().ToString()
            )
            .StatusAsync(HttpStatusCode.OK);

    private async Task<HttpResponseMessage> PostAsync<T>(T body, string? transmissionId = null)
    {
        var client = shop.Service.CreateAnonymousClient();
        if (transmissionId is not null)
        {
            client.DefaultRequestHeaders.Add("tosspayments-webhook-transmission-id", transmissionId);
        }

        return await client.PostAsJsonAsync(Path, body);
    }

    private async Task WaitUntilSettledAsync()
    {
        var attempt = Assert.Single(await shop.AttemptsAsync(_order));
        var key = SettleCard.KeyOf(attempt);
        await CardShop.WaitAsync(
            () =>
                shop.QueryAsync(async database =>
                    !await database
                        .Set<OutboxMessage>()
                        .AnyAsync(m => m.Type == SettleCard.Type && m.Key == key && m.Status == OutboxStatus.Pending)
                ),
            () => "Toss is not asked."
        );
    }
}

internal static class StatusExtensions
{
    public static async Task StatusAsync(this Task<HttpResponseMessage> answer, HttpStatusCode status)
    {
        using var response = await answer;
        Assert.True(response.StatusCode == status, await response.Content.ReadAsStringAsync());
    }
}
