using Microsoft.Extensions.Options;

namespace MsaShop.PaymentService.Reconciliation;

internal sealed class ReconciliationRunCleaner(
    IServiceScopeFactory scopes,
    IOptions<ReconciliationOptions> settings,
    TimeProvider time,
    ILogger<ReconciliationRunCleaner> logger
) : RowCleaner<PaymentDbContext>(scopes, time, logger)
{
    public override string Table => "reconciliation_runs";

    protected override Task<int> DeleteAsync(
        PaymentDbContext database,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var before = now - settings.Value.Keep;
        return database.Database.ExecuteSqlAsync(
            $"DELETE FROM reconciliation_runs WHERE finished_at < {before} ORDER BY finished_at LIMIT {BatchSize}",
            cancellationToken
        );
    }
}
