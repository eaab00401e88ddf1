using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Has Toss asked about the payments that its webhooks name, without waiting for that.</summary>
internal sealed class TossWebhookReceiver(
    TossWebhookStore store,
    TimeProvider time,
    ILogger<TossWebhookReceiver> logger
)
{
    /// <summary>Takes a webhook; one about an unknown payment is not kept.</summary>
    /// <param name="transmissionId">What its repeats share.</param>
    /// <param name="cancellationToken">Gives up; Toss sends it again.</param>
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

        // A webhook beyond the limit is not remembered: it is followed together with others.
        var isRemembered = transmissionId is not null && asks.Exists(ask => ask.At == now);
        await store.AskAsync(webhook, isRemembered ? transmissionId : null, asks, now, cancellationToken);
    }
}
