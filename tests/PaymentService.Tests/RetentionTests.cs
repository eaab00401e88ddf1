using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.PaymentService.Webhooks;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public sealed class RetentionTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Fact]
    public void Of_each_table_somebody_has_decided_how_long_it_is_kept() =>
        shop.Services.AssertDecided<PaymentDbContext>(
            "payments",
            "payment_changes",
            "card_attempts",
            "refunds",
            "awaited_cards",
            "event_cursors"
        );

    [Fact]
    public async Task Webhooks_that_do_not_come_again_go_by_the_thousand()
    {
        var now = DateTime.UtcNow;
        await using var scope = shop.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        database.WebhookDeliveries.AddRange(
            Enumerable.Range(0, 1_500).Select(number => Delivery($"old {number}", now.AddDays(-31).AddSeconds(number)))
        );
        database.WebhookDeliveries.Add(Delivery("young", now.AddDays(-29)));
        await database.SaveChangesAsync();

        await shop.Services.CleanBacklogAsync("webhook_deliveries");

        Assert.Equal(["young"], await database.WebhookDeliveries.Select(d => d.TransmissionId).ToListAsync());
    }

    private static WebhookDelivery Delivery(string id, DateTime receivedAt) =>
        new()
        {
            TransmissionId = id,
            EventType = "PAYMENT_STATUS_CHANGED",
            ReceivedAt = receivedAt,
        };
}
