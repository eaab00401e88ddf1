namespace MsaShop.TossPayments.Webhooks;

/// <summary>How far a webhook has got.</summary>
public enum WebhookState
{
    /// <summary>Waits for its next attempt.</summary>
    Pending,

    /// <summary>Kept back until it is released.</summary>
    Held,

    /// <summary>Arrived.</summary>
    Delivered,

    /// <summary>Given up after the last retry.</summary>
    Failed,
}

/// <summary>One webhook on its way.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>How often it is sent again, after 1, 4, 16, … minutes.</summary>
    public const int MaxRetries = 7;

    public long Id { get; init; }

    public required string TransmissionId { get; init; }

    public required string PaymentKey { get; init; }

    public required string OrderId { get; init; }

    /// <summary>The payment's status that it tells of.</summary>
    public required string Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The trace that caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required WebhookState State { get; set; }

    /// <summary>Webhooks of one payment go in this order.</summary>
    public required long Sequence { get; set; }

    public required DateTime NextAttemptAt { get; set; }

    /// <summary>Whether the payment's next webhook overtakes it.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>How often it is still to arrive.</summary>
    public required int Copies { get; set; }

    public int Retries { get; set; }

    public int Attempts { get; set; }

    public string? LastOutcome { get; set; }

    /// <summary>An attempt succeeded or failed: says what comes next.</summary>
    /// <param name="arrived">Whether the receiver answered 2xx.</param>
    /// <param name="outcome">What happened, in a few words.</param>
    /// <param name="now">The simulator's time.</param>
    /// <param name="minute">How long a minute of the schedule takes.</param>
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
