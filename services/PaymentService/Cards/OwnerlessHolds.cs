using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Finds and releases orders that are held although no attempt to charge them is under way: nothing else would, and
/// they could neither be cancelled nor expire. There should be none; each is logged and counted.
/// </summary>
public sealed class OwnerlessHolds(
    IServiceScopeFactory scopes,
    PaymentMetrics metrics,
    IOptions<HoldOptions> terms,
    TimeProvider time,
    ILogger<OwnerlessHolds> logger
) : PeriodicWork(terms.Value.SweepInterval, time, logger)
{
    private const int PageSize = 100;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        var orders = scope.ServiceProvider.GetRequiredService<OrderClient>();
        var holds = scope.ServiceProvider.GetRequiredService<HoldReleaser>();
        var before = Time.GetStorableNow() - terms.Value.Grace;
        IReadOnlyList<HeldOrder> held;
        var last = 0L;
        do
        {
            // A trace every half minute is only noise.
            using (Untraced.Begin())
            {
                held = await orders.ListHeldAsync(before, last, PageSize, cancellationToken);
            }

            var owned = await FindOwnedAsync(database, held, before, cancellationToken);
            foreach (var order in held.Where(order => !owned.Contains(order.OrderNumber)))
            {
                logger.LogWarning(
                    "Order {OrderNumber} is held by attempt {AttemptId}, which is not under way: it is let go",
                    order.OrderNumber,
                    order.Attempt
                );
                await holds.ReleaseAsync(order, cancellationToken);
                metrics.ReleasedOwnerless();
            }

            last = held.Count == 0 ? last : held[^1].Id;
        } while (held.Count == PageSize);
    }

    /// <summary>
    /// Orders whose hold is justified: their card may be being charged, order-svc has yet to be told of the charge, or
    /// the attempt has only just ended and its release is on its way.
    /// </summary>
    private static async Task<HashSet<string>> FindOwnedAsync(
        PaymentDbContext database,
        IReadOnlyList<HeldOrder> held,
        DateTime before,
        CancellationToken cancellationToken
    )
    {
        if (held.Count == 0)
        {
            return [];
        }

        var orderNumbers = held.Select(order => order.OrderNumber).ToList();
        var charging = await database
            .CardAttempts.Where(attempt => orderNumbers.Contains(attempt.OrderNumber))
            .Where(attempt => attempt.Status == CardAttemptStatus.Confirming || attempt.UpdatedAt >= before)
            .Select(attempt => attempt.OrderNumber)
            .ToListAsync(cancellationToken);
        var charged = await database
            .Payments.Where(payment => orderNumbers.Contains(payment.OrderNumber))
            .Where(payment => payment.Status == PaymentStatus.Completed || payment.UpdatedAt >= before)
            .Select(payment => payment.OrderNumber)
            .ToListAsync(cancellationToken);
        return [.. charging, .. charged];
    }
}
