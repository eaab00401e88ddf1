using System.ComponentModel.DataAnnotations;

namespace MsaShop.Outbox;

/// <summary>The configuration section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Whether this process runs a worker that delivers messages.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often the worker polls for due messages; those enqueued in this process wake it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The number of messages that the worker handles concurrently.</summary>
    [Range(1, 100)]
    public int Concurrency { get; init; } = 4;

    /// <summary>The timeout of a handler whose registration sets none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The part of a lease beyond the handler's timeout: time to notice the cancellation and record the outcome. If a
    /// process dies, its messages are delivered again after timeout plus margin.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of failures by the handler's own fault after which a message is dead.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; init; } = 10;

    /// <summary>How long done messages are kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepDone { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often messages are counted for the gauges.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CountInterval { get; init; } = TimeSpan.FromSeconds(15);
}
