namespace MsaShop.Outbox;

/// <summary>How a message is enqueued.</summary>
public sealed record EnqueueOptions
{
    /// <summary>What it is about, such as an order number: of a type and key only one message is pending at a time.</summary>
    public string? Key { get; init; }

    /// <summary>The earliest time for it; now by default.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>
    /// Whether, where one of its type and key is pending, that one is handled no later than this one would be; otherwise enqueueing
    /// fails with a duplicate key. What is pending keeps its content. A message that is being handled just then is handled once
    /// more, whatever its handler answers: the handler may have looked before there was what it is hastened for.
    /// </summary>
    public bool Hastens { get; init; }

    /// <summary>
    /// Who delivers it after the commit, by <see cref="OutboxDispatcher.DeliverNowAsync"/>. Nobody else takes it before the time for that is
    /// over. Null where the worker delivers it, or whoever is first.
    /// </summary>
    public OutboxDispatcher? DeliveredBy { get; init; }
}
