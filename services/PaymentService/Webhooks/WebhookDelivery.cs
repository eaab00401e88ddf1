namespace MsaShop.PaymentService.Webhooks;

/// <summary>A webhook that has come, by the id that its repeats share.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Toss's <c>tosspayments-webhook-transmission-id</c>.</summary>
    public required string TransmissionId { get; init; }

    public required string EventType { get; init; }
    public string? PaymentKey { get; init; }
    public required DateTime ReceivedAt { get; init; }
}
