namespace MsaShop.TossPayments.Webhooks;

/// <summary>The state of a webhook's delivery.</summary>
public enum WebhookState
{
    /// <summary>Waiting for its next attempt.</summary>
    Pending,

    /// <summary>Held until it is released.</summary>
    Held,

    /// <summary>Delivered: the receiver answered 2xx.</summary>
    Delivered,

    /// <summary>Given up after the last retry.</summary>
    Failed,
}

/// <summary>A webhook and its delivery.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>Retries come after 1, 4, 16, … minutes.</summary>
    public const int MaxRetries = 7;

    public long Id { get; init; }

    public required string TransmissionId { get; init; }

    public required string PaymentKey { get; init; }

    public required string OrderId { get; init; }

    /// <summary>The payment's status that it reports.</summary>
    public required string Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the trace that caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required WebhookState State { get; set; }

    /// <summary>The order of the webhooks of one payment.</summary>
    public required long Sequence { get; set; }

    public required DateTime NextAttemptAt { get; set; }

    /// <summary>Whether the payment's next webhook is to overtake it.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>The number of times that it is still to be delivered.</summary>
    public required int Copies { get; set; }

    public int Retries { get; set; }

    public int Attempts { get; set; }

    public string? LastOutcome { get; set; }

    /// <summary>Records an attempt and schedules the next.</summary>
    /// <param name="arrived">Whether the receiver answered 2xx.</param>
    /// <param name="minute">The duration of one minute of the schedule.</param>
    public void Record(bool arrived, string outcome, DateTime now, TimeSpan minute)
    {
        Attempts++;
        LastOutcome = outcome;
        if (arrived)
        {
            Copies--;
            NextAttemptAt = now;
            State = Copies <= 0 ? WebhookState.Delivered : State;
        }
        else if (Retries == MaxRetries)
        {
            State = WebhookState.Failed;
        }
        else
        {
            NextAttemptAt = now + (minute * Math.Pow(4, Retries));
            Retries++;
        }
    }
}
