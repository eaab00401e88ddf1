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

    public static string KeyOf(Payment payment) => $"{payment.Id}";
}

internal sealed class OrderPaidHandler(
    PaymentStore payments,
    HoldReleaser holds,
    OrderNotifier notifier,
    TimeProvider time
) : IOutboxHandler<OrderPaid>
{
    public async Task<Delivery> HandleAsync(OrderPaid message, CancellationToken cancellationToken)
    {
        var payment = await payments.ReadAsync(message.PaymentId, cancellationToken);
        if (payment.UndoUntil is not null)
        {
            // If the time to undo it is over, nobody undoes it from here on.
            var now = time.GetStorableNow();
            var closed = await payments.ChangeAsync(
                new PaymentKey.Of(payment.Id),
                new PaymentCommand.CloseDeposit(),
                cancellationToken,
                now
            );
            payment = closed!.Payment;
            if (payment.UndoUntil - now is { } wait)
            {
                return Delivery.Later(wait, "The deposit can still be undone.");
            }
        }

        if (payment.Status != PaymentStatus.Completed)
        {
            // All of it went back before order-svc was told that it had come, or the deposit was undone.
            await holds.ReleaseAsync(payment.OrderNumber, cancellationToken);
            return Delivery.Done;
        }

        await notifier.TellAsync(message, payment, cancellationToken);
        return Delivery.Done;
    }
}
