using MsaShop.Data;
using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Has Toss asked about the payments that its messages name. Answers without waiting for that.</summary>
internal sealed class TossWebhookReceiver(
    TossWebhookStore store,
    TimeProvider time,
    ILogger<TossWebhookReceiver> logger
)
{
    /// <summary>Takes a message; one about a payment that is not known here is nothing to keep.</summary>
    /// <param name="webhook">The message.</param>
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

        // Those that come too often are not remembered either: each asks together with the others.
        var isRemembered = transmissionId is not null && asks.Exists(ask => ask.At == now);
        await store.AskAsync(webhook, isRemembered ? transmissionId : null, asks, now, cancellationToken);
    }
}
