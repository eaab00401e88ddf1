using System.Diagnostics.Metrics;

namespace MsaShop.PaymentService.Refunds;

/// <summary>The meter <c>MsaShop.Refunds</c>.</summary>
public sealed class RefundMetrics
{
    public const string MeterName = "MsaShop.Refunds";

    private readonly Counter<long> _ended;
    private readonly Counter<long> _amount;
    private readonly Counter<long> _unknown;
    private long _refused;

    public RefundMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _ended = meter.CreateCounter<long>("msashop.refunds.ended", "{refund}", "Refunds by what became of them.");
        _amount = meter.CreateCounter<long>("msashop.refunds.amount", "{won}", "Money given back.");
        _unknown = meter.CreateCounter<long>(
            "msashop.refunds.unknown",
            "{request}",
            "Requests to refund whose outcome Toss did not tell, so that it had to be found out."
        );
        meter.CreateObservableGauge(
            "msashop.refunds.refused",
            () => Interlocked.Read(ref _refused),
            "{refund}",
            "Refunds that Toss has refused and nobody has seen to yet."
        );
    }

    internal void SetRefused(long count) => Interlocked.Exchange(ref _refused, count);

    internal void Ended(PaymentMethod method, Refund refund)
    {
        var how = new KeyValuePair<string, object?>("method", method.ToWord());
        _ended.Add(
            1,
            how,
            new KeyValuePair<string, object?>("outcome", refund.Status.ToWord()),
            new KeyValuePair<string, object?>("actor", refund.Actor.ToWord())
        );
        if (refund.Status != RefundStatus.Failed)
        {
            _amount.Add((long)refund.Amount, how);
        }
    }

    internal void OutcomeUnknown() => _unknown.Add(1);
}
