using System.Globalization;
using MsaShop.Outbox;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Has money given back. Its key is the refund's id.</summary>
/// <param name="RefundId">The refund.</param>
public sealed record SendRefund(long RefundId) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "refund";

    /// <summary>The message's key: the refund's id.</summary>
    internal static string KeyOf(Refund refund) => refund.Id.ToString(CultureInfo.InvariantCulture);
}
