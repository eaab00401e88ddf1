using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MsaShop.PaymentService.Payments;

/// <summary>The meter <c>MsaShop.Payments</c>.</summary>
public sealed class PaymentMetrics
{
    private readonly Counter<long> _moved;
    private readonly Counter<long> _ownerless;
    private readonly Counter<long> _shopAtFault;
    private long _unknown;

    public PaymentMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("MsaShop.Payments");
        _moved = meter.CreateCounter<long>(
            "msashop.payments.moved",
            "{payment}",
            "Payments by the status they have come to, and how they are paid."
        );
        _ownerless = meter.CreateCounter<long>(
            "msashop.payments.ownerless_holds",
            "{order}",
            "Orders that were held without an attempt to charge a card for them, and were let go."
        );
        _shopAtFault = meter.CreateCounter<long>(
            "msashop.payments.shop_at_fault",
            "{answer}",
            "Answers of Toss's that it does not serve the shop as it is set up: somebody must mend it."
        );
        meter.CreateObservableGauge(
            "msashop.payments.unknown",
            () => Interlocked.Read(ref _unknown),
            "{payment}",
            "Card payments of which nobody knows whether they have been charged."
        );
    }

    /// <summary>Counts a payment under its new status.</summary>
    public void Moved(Payment payment) =>
        _moved.Add(1, new TagList { { "status", payment.Status.ToWord() }, { "method", payment.Method.ToWord() } });

    public void ReleasedOwnerless() => _ownerless.Add(1);

    public void ShopAtFault(string code) => _shopAtFault.Add(1, new TagList { { "code", code } });

    public void SetUnknown(long count) => Interlocked.Exchange(ref _unknown, count);
}
