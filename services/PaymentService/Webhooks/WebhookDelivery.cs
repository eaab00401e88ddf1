namespace MsaShop.PaymentService.Webhooks;

/// <summary>A message of Toss's that has come, by the id that its repeats share.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Toss's id of the message: <c>tosspayments-webhook-transmission-id</c>.</summary>
    public required string TransmissionId { get; init; }

    /// <summary>What it is about.</summary>
    public required string EventType { get; init; }

    /// <summary>The payment key it names.</summary>
    public string? PaymentKey { get; init; }

    /// <summary>When it came.</summary>
    public required DateTime ReceivedAt { get; init; }
}
