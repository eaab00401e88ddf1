using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;

namespace MsaShop.TossPayments.Webhooks;

/// <summary>Registers the receiver, as done by hand in Toss's developer centre.</summary>
public sealed record RegisterWebhook([Required, Url] string? Url);

public sealed record SentWebhook(
    long Id,
    string TransmissionId,
    string PaymentKey,
    string OrderId,
    string Status,
    WebhookState State,
    int Attempts,
    int Retries,
    DateTime NextAttemptAt,
    string? LastOutcome
);

/// <summary><c>/sim/webhook-url</c> and <c>/sim/webhooks</c>.</summary>
internal static class WebhooksApi
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookOutbox>();
        services.AddHostedService<WebhookSender>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sim/webhook-url", RegisterAsync);
        app.MapGet("/sim/webhooks", ListAsync);
        app.MapPost("/sim/webhooks/release", ReleaseAsync);
        app.MapPost("/sim/webhooks/{id:long}/resend", ResendAsync);
    }

    private static async Task<RegisterWebhook> RegisterAsync(RegisterWebhook request, LedgerStore ledger)
    {
        await ledger.ChangeAsync(async database =>
        {
            if (await database.Settings.FindAsync(WebhookOutbox.UrlSetting) is { } setting)
            {
                setting.Value = request.Url!;
            }
            else
            {
                database.Settings.Add(new Setting { Name = WebhookOutbox.UrlSetting, Value = request.Url! });
            }
        });
        return request;
    }

    private static async Task<IEnumerable<SentWebhook>> ListAsync(
        LedgerStore ledger,
        string? orderId,
        string? paymentKey
    ) =>
        (
            await ledger.ReadAsync(database =>
                Matching(database, orderId, paymentKey).OrderBy(webhook => webhook.Id).ToListAsync()
            )
        ).Select(webhook => new SentWebhook(
            webhook.Id,
            webhook.TransmissionId,
            webhook.PaymentKey,
            webhook.OrderId,
            webhook.Status,
            webhook.State,
            webhook.Attempts,
            webhook.Retries,
            DateTime.SpecifyKind(webhook.NextAttemptAt, DateTimeKind.Utc),
            webhook.LastOutcome
        ));

    /// <summary>Releases webhooks that are held or wait to be overtaken.</summary>
    private static async Task<IResult> ReleaseAsync(
        LedgerStore ledger,
        SimulatorClock clock,
        string? orderId,
        string? paymentKey
    )
    {
        var now = clock.UtcNow;
        await ledger.ChangeAsync(async database =>
        {
            var waiting = Matching(database, orderId, paymentKey)
                .Where(webhook =>
                    webhook.State == WebhookState.Held || (webhook.State == WebhookState.Pending && webhook.IsOvertaken)
                );
            foreach (var webhook in await waiting.ToListAsync())
            {
                webhook.State = WebhookState.Pending;
                webhook.IsOvertaken = false;
                webhook.NextAttemptAt = now;
            }
        });
        return TypedResults.NoContent();
    }

    /// <summary>Sends a webhook again, as the button in Toss's developer centre does.</summary>
    private static async Task<IResult> ResendAsync(long id, LedgerStore ledger, SimulatorClock clock)
    {
        var now = clock.UtcNow;
        var found = await ledger.ChangeAsync(async database =>
        {
            if (await database.Webhooks.FindAsync(id) is not { } webhook)
            {
                return false;
            }

            webhook.State = WebhookState.Pending;
            webhook.Copies = 1;
            webhook.NextAttemptAt = now;
            return true;
        });
        return !found ? ServiceDefaults.Errors.Problems.NotFound("webhook") : TypedResults.Accepted((string?)null);
    }

    private static IQueryable<WebhookDelivery> Matching(
        LedgerDbContext database,
        string? orderId,
        string? paymentKey
    ) =>
        database
            .Webhooks.Where(webhook => orderId == null || webhook.OrderId == orderId)
            .Where(webhook => paymentKey == null || webhook.PaymentKey == paymentKey);
}
