namespace MsaShop.Outbox;

/// <summary>A handler's verdict on a message.</summary>
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

    /// <summary>Not yet: the message is retried without limit.</summary>
    /// <param name="after">The pause; by default half a second, doubled with each attempt up to half a minute.</param>
    /// <param name="why">The reason, shown to administrators.</param>
    public static Delivery Later(TimeSpan? after = null, string? why = null) => new(DeliveryOutcome.Later, after, why);

    /// <summary>Never: the message is dead, and kept for an administrator.</summary>
    /// <param name="why">The reason, shown to administrators.</param>
    public static Delivery Dead(string why) => new(DeliveryOutcome.Dead, why: why);
}

internal enum DeliveryOutcome
{
    Done,
    Later,
    Dead,
}
