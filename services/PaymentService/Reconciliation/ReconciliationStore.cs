using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>Sees to it that each night's comparison is made by one replica, and keeps what came of it.</summary>
internal sealed class ReconciliationStore(
    PaymentDbContext database,
    IOptions<ReconciliationOptions> options,
    TimeProvider time
)
{
    /// <summary>Each night looks once more at the day before the last one, where something was perhaps still being settled.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromDays(1);

    private readonly ReconciliationOptions _settings = options.Value;

    /// <summary>The first night's hour after this time, in the shop's own time zone.</summary>
    public DateTime NextNight(DateTime now)
    {
        var zone = ShopTimeZone.Find(null);
        var today = zone.DayAt(now);
        var hour = zone.StartOf(today).AddHours(_settings.Hour);
        return hour > now ? hour : zone.StartOf(today.AddDays(1)).AddHours(_settings.Hour);
    }

    /// <summary>Takes the comparison for this process alone, where it is due.</summary>
    /// <param name="claim">The claim's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The period to compare; null if none is due, or somebody else is at it.</returns>
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

                // The hour may have been set anew.
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

    /// <summary>Keeps what came of the comparison, and says when the next one is due.</summary>
    /// <returns>Whether the claim still held; if not, somebody else compares.</returns>
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

    /// <summary>The last comparison that was made; null if there is none.</summary>
    public Task<ReconciliationRun?> FindLastAsync(
        ReconciliationRunStatus status,
        CancellationToken cancellationToken
    ) =>
        database
            .ReconciliationRuns.AsNoTracking()
            .Where(run => run.Status == status)
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>From a day before where the last one ended, so that nights in which the shop was away are made up for.</summary>
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
