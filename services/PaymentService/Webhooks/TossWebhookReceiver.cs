using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Queues a lookup at Toss of the payments that webhooks name.</summary>
internal sealed class TossWebhookReceiver(
    TossWebhookStore store,
    TimeProvider time,
    ILogger<TossWebhookReceiver> logger
)
{
    /// <summary>Takes a webhook; one about an unknown payment is dropped.</summary>
    /// <param name="transmissionId">Shared by all repeats of a webhook.</param>
    public async Task ReceiveAsync(TossWebhook webhook, string? transmissionId, CancellationToken cancellationToken)
    {
        var attempts = webhook.IsAboutPayment ? await store.FindAttemptsAsync(webhook, cancellationToken) : [];
        if (attempts.Count == 0)
        {
            logger.LogInformation("A {EventType} of Toss's is about nothing that is known here", webhook.Kind);
            return;
        }

        if (transmissionId is not null && await store.HasComeAsync(transmissionId, cancellationToken))
        {
            return;
        }

        var now = time.GetStorableNow();
        var asks = new List<(CardAttempt Attempt, DateTime At)>();
        foreach (var attempt in attempts)
        {
            asks.Add((attempt, await store.FindTurnAsync(attempt, now, cancellationToken)));
        }

        // Webhooks that come too often are not remembered: they share one delayed lookup.
        var isRemembered = transmissionId is not null && asks.Exists(ask => ask.At == now);
        await store.AskAsync(webhook, isRemembered ? transmissionId : null, asks, now, cancellationToken);
    }
}
