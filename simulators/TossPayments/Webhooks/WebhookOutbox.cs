using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.TossPayments.Api;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Webhooks;

/// <summary>Stores webhooks in the transaction that changes the payment.</summary>
internal sealed class WebhookOutbox(IOptions<SimulatorOptions> options, SimulatorClock clock)
{
    public const string UrlSetting = "webhook-url";

    private static readonly FaultKind[] s_faults = [FaultKind.Duplicate, FaultKind.Reorder, FaultKind.Hold];

    /// <summary>Adds <c>PAYMENT_STATUS_CHANGED</c> with the payment's current state.</summary>
    public async Task AddAsync(LedgerDbContext database, Payment payment)
    {
        if (await UrlAsync(database) is null)
        {
            return;
        }

        var now = clock.UtcNow;
        var faults = await database.TakeFaultsAsync(operation: null, payment.OrderId, payment.PaymentKey, s_faults);
        var sequence = (await database.Webhooks.MaxAsync(webhook => (long?)webhook.Sequence) ?? 0) + 1;
        database.Webhooks.Add(
            new WebhookDelivery
            {
                TransmissionId = Guid.NewGuid().ToString(),
                PaymentKey = payment.PaymentKey,
                OrderId = payment.OrderId,
                Status = PaymentObject.Word(payment.Status),
                Body = Body(payment, now),
                TraceParent = Activity.Current?.Id,
                CreatedAt = now,
                State = faults.Has(FaultKind.Hold) ? WebhookState.Held : WebhookState.Pending,
                Sequence = sequence,
                NextAttemptAt = faults[FaultKind.Reorder] is { } reorder ? now.AddSeconds(reorder.Seconds) : now,
                IsOvertaken = faults.Has(FaultKind.Reorder),
                Copies = faults.Has(FaultKind.Duplicate) ? 2 : 1,
            }
        );

        var overtaken = await database
            .Webhooks.Where(webhook => webhook.PaymentKey == payment.PaymentKey && webhook.IsOvertaken)
            .Where(webhook => webhook.State == WebhookState.Pending)
            .OrderBy(webhook => webhook.Sequence)
            .ToListAsync();
        foreach (var webhook in overtaken)
        {
            webhook.IsOvertaken = false;
            webhook.Sequence = ++sequence;
            webhook.NextAttemptAt = now;
        }

        await database.SaveChangesAsync();
    }

    /// <summary>The webhooks' address, or null.</summary>
    public async Task<Uri?> UrlAsync(LedgerDbContext database) =>
        await database.Settings.FindAsync(UrlSetting) is { } setting
            ? new Uri(setting.Value)
            : options.Value.WebhookUrl;

    private string Body(Payment payment, DateTime now) =>
        TossJson.Write(
            new
            {
                eventType = "PAYMENT_STATUS_CHANGED",
                createdAt = SimulatorClock
                    .InSeoul(now)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
                data = PaymentObject.Of(
                    payment,
                    options.Value.MerchantId,
                    options.Value.PublicAddress,
                    english: false,
                    withSecret: true
                ),
            }
        );
}
