using System.ComponentModel;

namespace MsaShop.Outbox;

/// <summary>A row of <c>outbox_messages</c>.</summary>
public sealed class OutboxMessage
{
    internal const int MaxKeyLength = 255;

    internal const int MaxErrorLength = 1000;

    /// <summary>The message's id; 0 until it is stored.</summary>
    public long Id { get; set; }

    /// <summary>The message type: <see cref="IOutboxMessage.Type"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The subject, such as an order number; one message of a type and key is pending at a time.</summary>
    public string? Key { get; init; }

    /// <summary>The key while pending, otherwise null: makes the pending message unique.</summary>
    internal string? LiveKey { get; set; }

    internal string Payload { get; init; } = "";

    /// <summary>The W3C <c>traceparent</c> of the trace that enqueued the message.</summary>
    internal string? TraceParent { get; init; }

    internal string? TraceState { get; init; }

    /// <summary>Whether the message is pending, done or dead.</summary>
    public OutboxStatus Status { get; internal set; }

    /// <summary>The number of times the message was claimed for its handler.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Attempts that failed by the handler's fault, up to <see cref="OutboxOptions.MaxAttempts"/>.</summary>
    public int Failures { get; internal set; }

    /// <summary>The earliest time of the next attempt, in UTC.</summary>
    public DateTime NextAttemptAt { get; internal set; }

    /// <summary>
    /// When the message first became due: when it was enqueued, or the time until which it was put off on purpose.
    /// Retries do not change it.
    /// </summary>
    internal DateTime DueAt { get; init; }

    /// <summary>The earliest time for which the message was hastened since the last claim.</summary>
    internal DateTime? HastenedTo { get; set; }

    /// <summary>The end of the current claim's lease.</summary>
    internal DateTime? LockedUntil { get; set; }

    /// <summary>The unique name of the current claim.</summary>
    internal string? LockedBy { get; set; }

    /// <summary>Whether this object is the claim: the message was stored claimed, for its request.</summary>
    internal bool IsReserved { get; init; }

    /// <summary>Why the last attempt did not complete the message.</summary>
    public string? LastError { get; internal set; }

    /// <summary>When the message was enqueued, in UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When the message was done or found dead, in UTC.</summary>
    public DateTime? DoneAt { get; internal set; }

    /// <summary>Claims the message for one attempt.</summary>
    internal void Claim(DateTime until)
    {
        Attempts++;
        LockedUntil = until;
        LockedBy =
            $"{Environment.MachineName[..Math.Min(60, Environment.MachineName.Length)]}/{Guid.CreateVersion7():N}";
        HastenedTo = null;
    }
}

/// <summary>The status of a message.</summary>
[Description("How far a message is.")]
public enum OutboxStatus
{
    /// <summary>To be delivered, now or later.</summary>
    Pending,

    /// <summary>Done; deleted after <see cref="OutboxOptions.KeepDone"/>.</summary>
    Done,

    /// <summary>Given up; an administrator decides.</summary>
    Dead,
}
