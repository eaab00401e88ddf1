using System.Globalization;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Gives back what is left, once the refund under way has ended. Keyed by the payment's id.</summary>
/// <param name="UserId">Null for the shop itself.</param>
public sealed record RefundRest(long PaymentId, PaymentActor Actor, long? UserId, string? Reason) : IOutboxMessage
{
    public static string Type => "refund-rest";

    public static string KeyOf(Payment payment) => payment.Id.ToString(CultureInfo.InvariantCulture);
}
