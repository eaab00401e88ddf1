using System.Globalization;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>
/// Gives back what is left of a payment, once the refund that is under way has ended. Its key is the payment's id.
/// </summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Actor">In which role it is wanted.</param>
/// <param name="UserId">The user who wants it; null for the shop itself.</param>
/// <param name="Reason">Why.</param>
public sealed record RefundRest(long PaymentId, PaymentActor Actor, long? UserId, string? Reason) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "refund-rest";

    /// <summary>The message's key: the payment's id.</summary>
    public static string KeyOf(Payment payment) => payment.Id.ToString(CultureInfo.InvariantCulture);
}
