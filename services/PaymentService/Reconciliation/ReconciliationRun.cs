namespace MsaShop.PaymentService.Reconciliation;

public enum ReconciliationRunStatus
{
    Complete,

    /// <summary>It could not be made, and is tried again.</summary>
    Failed,
}

/// <summary>A nightly comparison, with its result.</summary>
public sealed class ReconciliationRun
{
    internal const int MaxWhyLength = 500;

    public long Id { get; init; }

    /// <summary>The claim of the schedule under which it was made.</summary>
    public required Guid Claim { get; init; }

    public required ReconciliationRunStatus Status { get; init; }
    public required DateTime PeriodFrom { get; init; }
    public required DateTime PeriodTo { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime FinishedAt { get; init; }

    /// <summary>Why it could not be made.</summary>
    public string? Why { get; init; }

    public int Differences { get; init; }

    /// <summary>How many differences may still settle by themselves.</summary>
    public int Settling { get; init; }

    /// <summary>The differences by kind, as JSON.</summary>
    public required string Counts { get; init; }
}

/// <summary>When the next comparison is due, and who makes it: one row, locked to begin or end a comparison.</summary>
public sealed class ReconciliationSchedule
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public required DateTime NextAt { get; set; }

    /// <summary>Until when the claim has the comparison to itself.</summary>
    public DateTime? LockedUntil { get; set; }

    public Guid? LockedBy { get; set; }
}
