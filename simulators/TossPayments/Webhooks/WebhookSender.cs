using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Webhooks;

/// <summary>
/// Sends due webhooks: one at a time per payment, which keeps their order unless a fault changes it, and different
/// payments in parallel. It also expires payments.
/// </summary>
internal sealed class WebhookSender(
    LedgerStore ledger,
    WebhookOutbox outbox,
    PaymentExpiry expiry,
    SimulatorClock clock,
    IOptions<SimulatorOptions> options,
    ILogger<WebhookSender> logger
) : BackgroundService
{
    private const int MaxAtOnce = 16;

    private static readonly ActivitySource s_activities = new("MsaShop.TossPayments");
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Task> _underWay = [];
    private readonly SemaphoreSlim _wake = new(0);

    // A plain client without retries: webhooks have their own retry schedule.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = options.Value.WebhookTimeout,
    };

    public override void Dispose()
    {
        _http.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ledger.WebhooksChanged += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await expiry.ExpireDueAsync();
                await StartDueAsync(stoppingToken);
                await _wake.WaitAsync(s_pollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The simulator stops; unsent webhooks stay in the ledger.
        }
        finally
        {
            ledger.WebhooksChanged -= Wake;
            await Task.WhenAll(_underWay.Values);
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        // Taken before reading: a webhook under way now may be delivered by the time the list is read, and must not be
        // sent twice.
        var busy = _underWay.Keys.ToHashSet();
        var now = clock.UtcNow;
        var (url, due) = await ledger.ReadAsync(async database =>
            (
                await outbox.UrlAsync(database),
                await database
                    .Webhooks.Where(webhook => webhook.State == WebhookState.Pending && webhook.NextAttemptAt <= now)
                    .OrderBy(webhook => webhook.Sequence)
                    .Take(100)
                    .ToListAsync(stoppingToken)
            )
        );
        if (url is null)
        {
            return;
        }

        foreach (
            var webhook in due.DistinctBy(webhook => webhook.PaymentKey)
                .Where(webhook => !busy.Contains(webhook.PaymentKey))
                .Take(MaxAtOnce - busy.Count)
        )
        {
            var finished = new TaskCompletionSource();
            _underWay[webhook.PaymentKey] = finished.Task;
            _ = SendAsync(webhook, url, finished, stoppingToken);
        }
    }

    private async Task SendAsync(
        WebhookDelivery webhook,
        Uri url,
        TaskCompletionSource finished,
        CancellationToken stoppingToken
    )
    {
        try
        {
            var (arrived, outcome) = await PostAsync(webhook, url, stoppingToken);
            await ledger.ChangeAsync(async database =>
                (await database.Webhooks.SingleAsync(stored => stored.Id == webhook.Id)).Record(
                    arrived,
                    outcome,
                    clock.UtcNow,
                    options.Value.RetryMinute
                )
            );
            logger.LogInformation(
                "Webhook {Status} of {PaymentKey} for {OrderId}: {Outcome}",
                webhook.Status,
                webhook.PaymentKey,
                webhook.OrderId,
                outcome
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The simulator stops; the webhook is sent again after the next start.
        }
        catch (DbException exception)
        {
            logger.LogError(exception, "What came of a webhook could not be written down: it is sent again.");
        }
        finally
        {
            _underWay.TryRemove(webhook.PaymentKey, out _);
            finished.SetResult();
            Wake();
        }
    }

    private async Task<(bool Arrived, string Outcome)> PostAsync(
        WebhookDelivery webhook,
        Uri url,
        CancellationToken stoppingToken
    )
    {
        ActivityContext.TryParse(webhook.TraceParent, traceState: null, out var cause);
        using var activity = s_activities.StartActivity("webhook", ActivityKind.Consumer, cause);
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(webhook.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("tosspayments-webhook-transmission-id", webhook.TransmissionId);
        request.Headers.Add("tosspayments-webhook-transmission-time", SimulatorClock.Format(clock.UtcNow));
        request.Headers.Add(
            "tosspayments-webhook-transmission-retried-count",
            webhook.Retries.ToString(CultureInfo.InvariantCulture)
        );
        try
        {
            using var response = await _http.SendAsync(request, stoppingToken);
            return (
                response.IsSuccessStatusCode,
                string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode}")
            );
        }
        catch (HttpRequestException exception)
        {
            return (false, exception.Message);
        }
        catch (TaskCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return (false, "no answer in time");
        }
    }
}
