namespace MsaShop.Outbox;

/// <summary>A handler's result.</summary>
public sealed class Delivery
{
    private Delivery(DeliveryOutcome outcome, TimeSpan? after = null, string? why = null)
    {
        Outcome = outcome;
        After = after;
        Why = why;
    }

    /// <summary>The work is done.</summary>
    public static Delivery Done { get; } = new(DeliveryOutcome.Done);

    internal DeliveryOutcome Outcome { get; }

    internal TimeSpan? After { get; }

    internal string? Why { get; }

    /// <summary>Retry, as often as it takes.</summary>
    /// <param name="after">The delay; by default a growing one, up to half a minute.</param>
    /// <param name="why">What it waits for, for administrators.</param>
    public static Delivery Later(TimeSpan? after = null, string? why = null) => new(DeliveryOutcome.Later, after, why);

    /// <summary>Never: the message is kept for an administrator.</summary>
    /// <param name="why">What is wrong.</param>
    public static Delivery Dead(string why) => new(DeliveryOutcome.Dead, why: why);
}

internal enum DeliveryOutcome
{
    Done,
    Later,
    Dead,
}
