using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Http;
using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Has attempts to pay by card settled whose requests have not ended in their time: their process died, or the database did not
/// take what they found out. The attempt itself says so; nothing else need be stored for the case.
/// </summary>
public sealed class AbandonedAttemptSweeper(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<AbandonedAttemptSweeper> logger
) : PeriodicWork(TimeSpan.FromSeconds(1), time, logger)
{
    private const int AtOnce = 100;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every second would tell nobody anything.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        var now = Time.GetStorableNow();
        if (
            await database.CardAttempts.AnyAsync(
                attempt => attempt.Status == CardAttemptStatus.Confirming && attempt.LeaseUntil < now,
                cancellationToken
            )
        )
        {
            await database.TransactAsync(token => SettleAsync(database, now, token), cancellationToken);
        }
    }

    private static async Task SettleAsync(PaymentDbContext database, DateTime now, CancellationToken cancellationToken)
    {
        var left = await database
            .CardAttempts.FromSql(
                $"""
                SELECT * FROM card_attempts WHERE status = {CardAttemptStatus.Confirming.ToWord()} AND lease_until < {now}
                LIMIT {AtOnce} FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(cancellationToken);
        foreach (var attempt in left)
        {
            attempt.LeaseUntil = null;
            await database.EnqueueOrHastenAsync(
                new SettleCard(attempt.Id),
                SettleCard.KeyOf(attempt),
                cancellationToken: cancellationToken
            );
        }
    }
}
