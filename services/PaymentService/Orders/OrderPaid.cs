using System.Globalization;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that the money for an order is there. Its key is the payment's id.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Actor">Who says that it is there: the shop itself, or somebody who manages it.</param>
/// <param name="UserId">The user who says so.</param>
/// <param name="Reason">Why, for the order's history.</param>
public sealed record OrderPaid(long PaymentId, PaymentActor Actor, long? UserId, string? Reason) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "order-paid";

    /// <summary>Toss has charged the card.</summary>
    public static OrderPaid ByCard(Payment payment) =>
        new(payment.Id, PaymentActor.System, UserId: null, "Paid by card.");

    /// <summary>Somebody has seen the money.</summary>
    internal static OrderPaid By(Payment payment, Actor actor) =>
        new(payment.Id, actor.Role, actor.UserId, actor.Reason);

    /// <summary>The message's key: the payment's id.</summary>
    public static string KeyOf(Payment payment) => payment.Id.ToString(CultureInfo.InvariantCulture);
}
