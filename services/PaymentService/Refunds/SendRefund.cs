using System.Globalization;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Makes a refund. Keyed by its id.</summary>
public sealed record SendRefund(long RefundId) : IOutboxMessage
{
    public static string Type => "refund";

    internal static string KeyOf(Refund refund) => refund.Id.ToString(CultureInfo.InvariantCulture);
}
