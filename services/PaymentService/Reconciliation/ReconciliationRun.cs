namespace MsaShop.PaymentService.Reconciliation;

/// <summary>What became of a comparison that the shop made by itself.</summary>
public enum ReconciliationRunStatus
{
    /// <summary>Everything was compared.</summary>
    Complete,

    /// <summary>It could not be, and is tried again.</summary>
    Failed,
}

/// <summary>A comparison that the shop made by itself, with its result.</summary>
public sealed class ReconciliationRun
{
    internal const int MaxWhyLength = 500;

    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>Which claim of the schedule made it.</summary>
    public required Guid Claim { get; init; }

    /// <summary>What became of it.</summary>
    public required ReconciliationRunStatus Status { get; init; }

    /// <summary>From when on things were compared.</summary>
    public required DateTime PeriodFrom { get; init; }

    /// <summary>Until when.</summary>
    public required DateTime PeriodTo { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTime FinishedAt { get; init; }

    /// <summary>Why it could not be made.</summary>
    public string? Why { get; init; }

    /// <summary>How much differs.</summary>
    public int Differences { get; init; }

    /// <summary>How much differs and may still be settled by itself.</summary>
    public int Settling { get; init; }

    /// <summary>How many differences there are of each kind that there are any of, as JSON.</summary>
    public required string Counts { get; init; }
}

/// <summary>When the next comparison is due, and who is at it: one row, which whoever begins or ends one locks.</summary>
public sealed class ReconciliationSchedule
{
    /// <summary>The one row's id.</summary>
    public const int OnlyId = 1;

    /// <summary>The id.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>When the next one is due.</summary>
    public required DateTime NextAt { get; set; }

    /// <summary>Until when whoever claimed it has it for itself.</summary>
    public DateTime? LockedUntil { get; set; }

    /// <summary>Which claim holds it.</summary>
    public Guid? LockedBy { get; set; }
}
