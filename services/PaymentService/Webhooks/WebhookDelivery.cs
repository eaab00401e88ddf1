namespace MsaShop.PaymentService.Webhooks;

/// <summary>A webhook of Toss's that has come.</summary>
public sealed class WebhookDelivery
{
    /// <summary><c>tosspayments-webhook-transmission-id</c>, which a webhook's repeats share.</summary>
    public required string TransmissionId { get; init; }

    public required string EventType { get; init; }
    public string? PaymentKey { get; init; }
    public required DateTime ReceivedAt { get; init; }
}
