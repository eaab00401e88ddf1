namespace MsaShop.Outbox;

/// <summary>How a message is enqueued.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Its subject, such as an order number: there is one pending message per type and key.</summary>
    public string? Key { get; init; }

    /// <summary>The earliest delivery; now by default.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>
    /// If a message of this type and key is pending, delivers that one no later than this one would be; otherwise enqueueing
    /// fails with a duplicate key. The pending message keeps its content. If it is being handled, it is handled once more,
    /// whatever its handler returns: the handler may have looked too early.
    /// </summary>
    public bool Hastens { get; init; }

    /// <summary>
    /// The dispatcher with which the caller delivers it after the commit (<see cref="OutboxDispatcher.DeliverNowAsync"/>).
    /// Until the handler's time is over, nobody else takes it. Null leaves it to the worker, or to whoever comes first.
    /// </summary>
    public OutboxDispatcher? DeliveredBy { get; init; }
}
