using System.ComponentModel.DataAnnotations;

namespace MsaShop.Outbox;

/// <summary>The configuration section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Whether this process delivers messages in the background.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often to look for due messages; enqueueing in this process also wakes the worker.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many messages are handled at the same time.</summary>
    [Range(1, 100)]
    public int Concurrency { get; init; } = 4;

    /// <summary>The default time of a handler.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time beyond the handler's, for cancelling it and storing the outcome. The message of a dead process comes again
    /// after both.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many failures of the handler's own make a message dead.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; init; } = 10;

    /// <summary>How long messages that are done are kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepDone { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often messages are counted for the gauges.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CountInterval { get; init; } = TimeSpan.FromSeconds(15);
}
