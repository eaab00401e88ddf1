namespace MsaShop.PaymentService.Reconciliation;

/// <summary>Has one replica make each night's comparison, and keeps the result.</summary>
internal sealed class ReconciliationStore(
    PaymentDbContext database,
    IOptions<ReconciliationOptions> options,
    TimeProvider time
)
{
    /// <summary>
    /// Each night looks again at the day before the last one, where something may have been settling.
    /// </summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromDays(1);

    private readonly ReconciliationOptions _settings = options.Value;

    /// <summary>When the next night's comparison is due, in the shop's time zone.</summary>
    public DateTime NextNight(DateTime now)
    {
        var zone = ShopTimeZone.Find(null);
        var today = zone.DayAt(now);
        var hour = zone.StartOf(today).AddHours(_settings.Hour);
        return hour > now ? hour : zone.StartOf(today.AddDays(1)).AddHours(_settings.Hour);
    }

    /// <summary>Claims the comparison for this process, if it is due.</summary>
    /// <returns>The period to compare; null if none is due, or another process has it.</returns>
    public async Task<ReconciliationPeriod?> ClaimAsync(Guid claim, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        if (!await database.ReconciliationSchedules.AnyAsync(cancellationToken))
        {
            await database.ExecuteStatementAsync(
                $"""
                INSERT IGNORE INTO reconciliation_schedule (id, next_at)
                VALUES ({ReconciliationSchedule.OnlyId}, {NextNight(now)})
                """,
                cancellationToken
            );
        }

        var isMine = await database.TransactAsync(
            async token =>
            {
                var schedule = await LockAsync(token);
                if (schedule.LockedBy == claim)
                {
                    return true;
                }

                // The hour may have been reconfigured.
                schedule.NextAt = schedule.NextAt < NextNight(now) ? schedule.NextAt : NextNight(now);
                if (schedule.NextAt > now || schedule.LockedUntil > now)
                {
                    return false;
                }

                (schedule.LockedBy, schedule.LockedUntil) = (claim, now + _settings.MaxDuration);
                return true;
            },
            cancellationToken
        );
        return isMine ? await GetPeriodAsync(now, cancellationToken) : null;
    }

    /// <summary>Stores the result, and says when the next comparison is due.</summary>
    /// <returns>Whether the claim still held; if not, another process compares.</returns>
    public Task<bool> EndAsync(ReconciliationRun run, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async token =>
            {
                var schedule = await LockAsync(token);
                if (await database.ReconciliationRuns.AnyAsync(done => done.Claim == run.Claim, token))
                {
                    return true;
                }

                if (schedule.LockedBy != run.Claim)
                {
                    return false;
                }

                var now = time.GetStorableNow();
                schedule.NextAt =
                    run.Status == ReconciliationRunStatus.Complete ? NextNight(now) : now + _settings.RetryAfter;
                (schedule.LockedBy, schedule.LockedUntil) = (null, null);
                database.ReconciliationRuns.Add(run);
                return true;
            },
            cancellationToken
        );

    /// <summary>Gives the comparison back, for another process to make.</summary>
    public Task FreeAsync(Guid claim, CancellationToken cancellationToken) =>
        database.ExecuteStatementAsync(
            $"UPDATE reconciliation_schedule SET locked_by = NULL, locked_until = NULL WHERE locked_by = {claim}",
            cancellationToken
        );

    public Task<ReconciliationRun?> FindLastAsync(
        ReconciliationRunStatus status,
        CancellationToken cancellationToken
    ) =>
        database
            .ReconciliationRuns.AsNoTracking()
            .Where(run => run.Status == status)
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>From a day before the end of the last one, so that missed nights are made up for.</summary>
    private async Task<ReconciliationPeriod> GetPeriodAsync(DateTime now, CancellationToken cancellationToken)
    {
        var last = await FindLastAsync(ReconciliationRunStatus.Complete, cancellationToken);
        var from = (last is null || last.PeriodTo > now ? now - s_overlap : last.PeriodTo) - s_overlap;
        var earliest = now - ReconciliationPeriod.Max;
        return ReconciliationPeriod.Create(from > earliest ? from : earliest, now, graceSeconds: null, now);
    }

    private async Task<ReconciliationSchedule> LockAsync(CancellationToken cancellationToken) =>
        (
            await database
                .ReconciliationSchedules.FromSql(
                    $"SELECT * FROM reconciliation_schedule WHERE id = {ReconciliationSchedule.OnlyId} FOR UPDATE"
                )
                .ToListAsync(cancellationToken)
        ).Single();
}
