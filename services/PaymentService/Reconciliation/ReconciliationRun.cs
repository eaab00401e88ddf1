namespace MsaShop.PaymentService.Reconciliation;

public enum ReconciliationRunStatus
{
    Complete,

    /// <summary>To be tried again.</summary>
    Failed,
}

/// <summary>A nightly comparison and its result.</summary>
public sealed class ReconciliationRun
{
    internal const int MaxWhyLength = 500;

    public long Id { get; init; }

    /// <summary>The claim on the schedule that it ran under.</summary>
    public required Guid Claim { get; init; }

    public required ReconciliationRunStatus Status { get; init; }

    /// <summary>The period that was compared.</summary>
    public required DateTime PeriodFrom { get; init; }

    public required DateTime PeriodTo { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime FinishedAt { get; init; }
    public string? Why { get; init; }
    public int Differences { get; init; }

    /// <summary>Differences that may still settle by themselves.</summary>
    public int Settling { get; init; }

    /// <summary>Differences by kind, as JSON.</summary>
    public required string Counts { get; init; }
}

/// <summary>When the next comparison is due, and who runs it: a single row, locked to begin or end one.</summary>
public sealed class ReconciliationSchedule
{
    /// <summary>The single row's id.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public required DateTime NextAt { get; set; }

    /// <summary>The claim expires then.</summary>
    public DateTime? LockedUntil { get; set; }

    /// <summary>The claim that holds it.</summary>
    public Guid? LockedBy { get; set; }
}
