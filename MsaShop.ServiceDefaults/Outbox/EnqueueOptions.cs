namespace MsaShop.Outbox;

/// <summary>Options for enqueueing a message.</summary>
public sealed record EnqueueOptions
{
    /// <summary>The subject, such as an order number; one message of a type and key is pending at a time.</summary>
    public string? Key { get; init; }

    /// <summary>The earliest delivery, in UTC unless the value says otherwise; now by default.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>
    /// If a message of the same type and key is pending, delivers that one no later than this one would be; otherwise
    /// enqueueing fails with a duplicate key. The pending message keeps its content. If it is being handled at the
    /// time, it is handled once more whatever its handler answers, because the handler may have read the data before
    /// this change.
    /// </summary>
    public bool Hastens { get; init; }

    /// <summary>
    /// The dispatcher that delivers the message after the commit, by <see cref="OutboxDispatcher.DeliverNowAsync"/>;
    /// nobody else takes it before its lease ends. Null leaves it to whichever worker comes first.
    /// </summary>
    public OutboxDispatcher? DeliveredBy { get; init; }
}
