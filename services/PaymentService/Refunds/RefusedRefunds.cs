using MsaShop.PaymentService.Payments;
using OpenTelemetry;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Counts, for the metrics, refunds that Toss has refused and no administrator has settled.</summary>
public sealed class RefusedRefunds(
    IServiceScopeFactory scopes,
    RefundMetrics metrics,
    TimeProvider time,
    ILogger<RefusedRefunds> logger
) : PeriodicWork(TimeSpan.FromSeconds(15), time, logger)
{
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Polls every few seconds: not worth a trace.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        metrics.SetRefused(await database.Refunds.WhereRefused(database).LongCountAsync(cancellationToken));
    }
}

internal static class RefusedRefundQueries
{
    /// <summary>Refused by Toss, with the money still here: not refunded otherwise, nor asked for again.</summary>
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
