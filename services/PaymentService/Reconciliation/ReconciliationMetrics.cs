using System.Diagnostics.Metrics;
using System.Text.Json;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>Results of the nightly comparison: the meter <c>MsaShop.Reconciliation</c>.</summary>
public sealed class ReconciliationMetrics
{
    public const string MeterName = "MsaShop.Reconciliation";

    private Found? _last;

    public ReconciliationMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "msashop.reconciliation.differences",
            () => _last?.Counts ?? [],
            "{difference}",
            "In what orders, payments and Toss differ, as the last complete comparison has found, by kind."
        );
        meter.CreateObservableGauge(
            "msashop.reconciliation.age",
            () =>
                _last is { } last
                    ? [new Measurement<double>((time.GetUtcNow().UtcDateTime - last.At).TotalSeconds)]
                    : Array.Empty<Measurement<double>>(),
            "s",
            "Since when the last complete comparison has been made."
        );
    }

    internal void SetLast(ReconciliationRun? run)
    {
        if (run is null)
        {
            _last = null;
            return;
        }

        var counts = JsonSerializer.Deserialize<Dictionary<string, int>>(run.Counts, ShopJson.Options) ?? [];
        _last = new Found(
            run.FinishedAt,
            [
                .. Enum.GetValues<DifferenceKind>()
                    .Select(kind => kind.ToWord())
                    .Select(kind => new Measurement<int>(
                        counts.GetValueOrDefault(kind),
                        new KeyValuePair<string, object?>("kind", kind)
                    )),
            ]
        );
    }

    private sealed record Found(DateTime At, IReadOnlyList<Measurement<int>> Counts);
}
