using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.PaymentService.Reconciliation;
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
            "event_cursors",
            "set_aside_events",
            "reconciliation_schedule"
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

    [Fact]
    public async Task What_was_found_at_night_goes_by_the_thousand()
    {
        var now = DateTime.UtcNow;
        await using var scope = shop.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        database.ReconciliationRuns.AddRange(
            Enumerable.Range(0, 1_500).Select(number => Run(now.AddDays(-91).AddSeconds(number)))
        );
        var young = Run(now.AddDays(-89));
        database.ReconciliationRuns.Add(young);
        await database.SaveChangesAsync();

        await shop.Services.CleanBacklogAsync("reconciliation_runs");

        Assert.Equal([young.Claim], await database.ReconciliationRuns.Select(run => run.Claim).ToListAsync());
    }

    private static ReconciliationRun Run(DateTime at) =>
        new()
        {
            Claim = Guid.NewGuid(),
            Status = ReconciliationRunStatus.Complete,
            PeriodFrom = at.AddDays(-2),
            PeriodTo = at,
            StartedAt = at,
            FinishedAt = at,
            Counts = "{}",
        };

    private static WebhookDelivery Delivery(string id, DateTime receivedAt) =>
        new()
        {
            TransmissionId = id,
            EventType = "PAYMENT_STATUS_CHANGED",
            ReceivedAt = receivedAt,
        };
}
