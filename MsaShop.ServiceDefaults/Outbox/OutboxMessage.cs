using System.ComponentModel;

namespace MsaShop.Outbox;

/// <summary>A row of <c>outbox_messages</c>.</summary>
public sealed class OutboxMessage
{
    internal const int MaxKeyLength = 255;

    internal const int MaxErrorLength = 1000;

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary><see cref="IOutboxMessage.Type"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Its subject, such as an order number: there is one pending message per type and key.</summary>
    public string? Key { get; init; }

    /// <summary>The key while the message is pending, then null: makes the pending one unique.</summary>
    internal string? LiveKey { get; set; }

    /// <summary>The message as JSON.</summary>
    internal string Payload { get; init; } = "";

    /// <summary>The trace in which it was enqueued, as W3C <c>traceparent</c>.</summary>
    internal string? TraceParent { get; init; }

    /// <summary>The trace's <c>tracestate</c>.</summary>
    internal string? TraceState { get; init; }

    /// <summary>Whether it is still to be handled.</summary>
    public OutboxStatus Status { get; internal set; }

    /// <summary>How often its handler was called.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Attempts that failed by the handler's own fault; with too many the message is dead.</summary>
    public int Failures { get; internal set; }

    /// <summary>The earliest next attempt.</summary>
    public DateTime NextAttemptAt { get; internal set; }

    /// <summary>
    /// When it first became due: when it was enqueued, or the end of an intended delay. Retries do not change it.
    /// </summary>
    internal DateTime DueAt { get; init; }

    /// <summary>The time that it was hastened to since it was last claimed: it is handled again for that.</summary>
    internal DateTime? HastenedTo { get; set; }

    /// <summary>When the claim expires.</summary>
    internal DateTime? LockedUntil { get; set; }

    /// <summary>The claim that holds it.</summary>
    internal string? LockedBy { get; set; }

    /// <summary>Whether it was stored claimed, for its request to deliver.</summary>
    internal bool IsReserved { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; internal set; }

    /// <summary>When it was enqueued.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it was done, or found dead.</summary>
    public DateTime? DoneAt { get; internal set; }

    /// <summary>Claims it for one attempt of this process.</summary>
    internal void Claim(DateTime until)
    {
        Attempts++;
        LockedUntil = until;
        LockedBy =
            $"{Environment.MachineName[..Math.Min(60, Environment.MachineName.Length)]}/{Guid.CreateVersion7():N}";
        HastenedTo = null;
    }
}

/// <summary>A message's state.</summary>
[Description("How far a message is.")]
public enum OutboxStatus
{
    /// <summary>To be handled, now or later.</summary>
    Pending,

    /// <summary>Done; deleted after a while.</summary>
    Done,

    /// <summary>Given up: an administrator decides.</summary>
    Dead,
}
