namespace MsaShop.TossPayments.Webhooks;

public enum WebhookState
{
    Pending,

    /// <summary>Held back until it is released.</summary>
    Held,

    Delivered,

    /// <summary>Given up after the last retry.</summary>
    Failed,
}

internal sealed class WebhookDelivery
{
    /// <summary>Retries after 1, 4, 16, … minutes.</summary>
    public const int MaxRetries = 7;

    public long Id { get; init; }
    public required string TransmissionId { get; init; }
    public required string PaymentKey { get; init; }
    public required string OrderId { get; init; }

    /// <summary>The payment's status that it reports.</summary>
    public required string Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The trace that caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required WebhookState State { get; set; }

    /// <summary>The order of one payment's webhooks.</summary>
    public required long Sequence { get; set; }

    public required DateTime NextAttemptAt { get; set; }

    /// <summary>Whether the payment's next webhook overtakes it.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>How often it has yet to arrive.</summary>
    public required int Copies { get; set; }

    public int Retries { get; set; }
    public int Attempts { get; set; }
    public string? LastOutcome { get; set; }

    /// <summary>Records an attempt, and schedules the next.</summary>
    /// <param name="arrived">Whether the receiver answered 2xx.</param>
    /// <param name="now">The simulator's time.</param>
    /// <param name="minute">The length of a minute of the schedule.</param>
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
