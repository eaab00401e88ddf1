using System.Globalization;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that an order's money is there. Keyed by the payment's id.</summary>
/// <param name="Actor">The shop itself, or an administrator.</param>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderPaid(long PaymentId, PaymentActor Actor, long? UserId, string? Reason) : IOutboxMessage
{
    public static string Type => "order-paid";

    public static OrderPaid ByCard(Payment payment) =>
        new(payment.Id, PaymentActor.System, UserId: null, "Paid by card.");

    internal static OrderPaid By(Payment payment, Actor actor) =>
        new(payment.Id, actor.Role, actor.UserId, actor.Reason);

    public static string KeyOf(Payment payment) => payment.Id.ToString(CultureInfo.InvariantCulture);
}
