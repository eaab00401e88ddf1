using System.ComponentModel.DataAnnotations;

namespace MsaShop.Outbox;

/// <summary>The configuration section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Whether this process delivers messages by itself.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often to look for due messages, besides when some are enqueued here.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many messages to handle at the same time.</summary>
    [Range(1, 100)]
    public int Concurrency { get; init; } = 4;

    /// <summary>How long a handler may take, where its registration does not say.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What a handler gets beyond its time to notice that it is over, and its outcome to be written down. A message whose
    /// process has died comes again after both.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many failures that are the handler's own a message is dead.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; init; } = 10;

    /// <summary>How long messages are kept that are done.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepDone { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often to count messages for the gauges.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan CountInterval { get; init; } = TimeSpan.FromSeconds(15);
}
