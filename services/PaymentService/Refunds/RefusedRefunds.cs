using OpenTelemetry;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Counts, for the metrics, the refunds that Toss has refused and nobody has dealt with.</summary>
public sealed class RefusedRefunds(
    IServiceScopeFactory scopes,
    RefundMetrics metrics,
    TimeProvider time,
    ILogger<RefusedRefunds> logger
) : PeriodicWork(TimeSpan.FromSeconds(15), time, logger)
{
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every few seconds is only noise.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        metrics.SetRefused(await database.Refunds.WhereRefused(database).LongCountAsync(cancellationToken));
    }
}

internal static class RefusedRefundQueries
{
    /// <summary>Their money is still here: it has not gone back another way since, nor been asked for anew.</summary>
    public static IQueryable<Refund> WhereRefused(this IQueryable<Refund> refunds, PaymentDbContext database) =>
        refunds.Where(refund =>
            refund.Status == RefundStatus.Failed
            && database.Payments.Any(payment =>
                payment.Id == refund.PaymentId
                && payment.Status == PaymentStatus.Completed
                && payment.Amount - payment.RefundedAmount >= refund.Amount
            )
            && !database.Refunds.Any(later => later.PaymentId == refund.PaymentId && later.Id > refund.Id)
        );
}
