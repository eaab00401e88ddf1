using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>
/// How often Toss is asked about an attempt because of webhooks, and how long webhooks are remembered; the
/// configuration section <c>Webhooks</c>. Anybody can send them, and asking costs a worker of the outbox and a call of
/// Toss's quota.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>How many webhooks are followed at once.</summary>
    [Range(1, 100)]
    public int Burst { get; init; } = 5;

    /// <summary>After how long one more is; what comes sooner is followed together then.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long webhooks are remembered. Toss repeats one for four days.</summary>
    [Range(typeof(TimeSpan), "5.00:00:00", "365.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);
}
