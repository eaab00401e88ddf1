using System.ComponentModel;

namespace MsaShop.Outbox;

/// <summary>A row of <c>outbox_messages</c>.</summary>
public sealed class OutboxMessage
{
    internal const int MaxKeyLength = 255;

    internal const int MaxErrorLength = 1000;

    /// <summary>The message's id, once it is saved.</summary>
    public long Id { get; set; }

    /// <summary>The word for its kind: <see cref="IOutboxMessage.Type"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about, such as an order number; of a type and key only one message is pending at a time.</summary>
    public string? Key { get; init; }

    /// <summary>The key while the message is pending, then null: what makes the pending one unique.</summary>
    internal string? LiveKey { get; set; }

    /// <summary>The message as JSON.</summary>
    internal string Payload { get; init; } = "";

    /// <summary>The trace in which it was enqueued, as W3C <c>traceparent</c>.</summary>
    internal string? TraceParent { get; init; }

    /// <summary>The trace's <c>tracestate</c>.</summary>
    internal string? TraceState { get; init; }

    /// <summary>Whether it is still to be done.</summary>
    public OutboxStatus Status { get; internal set; }

    /// <summary>How often its handler was called.</summary>
    public int Attempts { get; internal set; }

    /// <summary>How many of the attempts failed by the handler's own fault; enough of them, and it is dead.</summary>
    public int Failures { get; internal set; }

    /// <summary>Not before this time.</summary>
    public DateTime NextAttemptAt { get; internal set; }

    /// <summary>
    /// Since when it has been waiting to be done, or when that begins: when it was enqueued, or until when it is put off on purpose.
    /// Trying it again changes nothing about that.
    /// </summary>
    internal DateTime DueAt { get; init; }

    /// <summary>For when it was hastened since it was last claimed: what it is handled again for.</summary>
    internal DateTime? HastenedTo { get; set; }

    /// <summary>Until when whoever claimed it has it for itself.</summary>
    internal DateTime? LockedUntil { get; set; }

    /// <summary>Which claim holds it.</summary>
    internal string? LockedBy { get; set; }

    /// <summary>Whether this object is the claim: it was stored claimed, for its request to deliver.</summary>
    internal bool IsReserved { get; init; }

    /// <summary>Why the last attempt did not do it.</summary>
    public string? LastError { get; internal set; }

    /// <summary>When it was enqueued.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it was done, or found dead.</summary>
    public DateTime? DoneAt { get; internal set; }

    /// <summary>Takes it for this process alone, for one attempt.</summary>
    internal void Claim(DateTime until)
    {
        Attempts++;
        LockedUntil = until;
        LockedBy =
            $"{Environment.MachineName[..Math.Min(60, Environment.MachineName.Length)]}/{Guid.CreateVersion7():N}";
        HastenedTo = null;
    }
}

/// <summary>How far a message is.</summary>
[Description("How far a message is.")]
public enum OutboxStatus
{
    /// <summary>To be done, now or later.</summary>
    Pending,

    /// <summary>Done; goes after a while.</summary>
    Done,

    /// <summary>Given up: an administrator decides.</summary>
    Dead,
}
