using System.Globalization;
using MsaShop.Outbox;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Makes a refund. Keyed by its id.</summary>
public sealed record SendRefund(long RefundId) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "refund";

    internal static string KeyOf(Refund refund) => refund.Id.ToString(CultureInfo.InvariantCulture);
}
