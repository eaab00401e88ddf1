using System.Globalization;
using MsaShop.Outbox;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Has a refund made. Keyed by the refund's id.</summary>
public sealed record SendRefund(long RefundId) : IOutboxMessage
{
    public static string Type => "refund";

    internal static string KeyOf(Refund refund) => refund.Id.ToString(CultureInfo.InvariantCulture);
}
