using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>
/// The configuration section <c>Webhooks</c>: how often webhooks may cause lookups, per card attempt, and how long they are
/// remembered. Anybody can send them, and each lookup costs an outbox worker and some of the quota at Toss.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>How many lookups may come at once.</summary>
    [Range(1, 100)]
    public int Burst { get; init; } = 5;

    /// <summary>The interval of further lookups; webhooks in between share the next one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long webhooks are remembered. Toss repeats one for four days.</summary>
    [Range(typeof(TimeSpan), "5.00:00:00", "365.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);
}
