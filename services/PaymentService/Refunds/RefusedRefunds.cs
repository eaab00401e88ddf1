using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Counts, for the metrics, the refunds that Toss has refused and nobody has seen to.</summary>
public sealed class RefusedRefunds(
    IServiceScopeFactory scopes,
    RefundMetrics metrics,
    TimeProvider time,
    ILogger<RefusedRefunds> logger
) : PeriodicWork(TimeSpan.FromSeconds(15), time, logger)
{
    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every few seconds would tell nobody anything.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        metrics.SetRefused(await database.Refunds.WhereRefused(database).LongCountAsync(cancellationToken));
    }
}

internal static class RefusedRefundQueries
{
    /// <summary>
    /// Those that Toss has refused and whose money is still here: not those that went back otherwise since, or were asked for
    /// anew.
    /// </summary>
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
