namespace MsaShop.PaymentService.Refunds;

/// <summary>Gives back what is left, once the refund under way has ended. Keyed by the payment's id.</summary>
/// <param name="UserId">Null for the shop itself.</param>
public sealed record RefundRest(long PaymentId, PaymentActor Actor, long? UserId, string? Reason) : IOutboxMessage
{
    public static string Type => "refund-rest";

    public static string KeyOf(Payment payment) => $"{payment.Id}";
}

internal sealed class RefundRestHandler(PaymentStore payments) : IOutboxHandler<RefundRest>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    public async Task<Delivery> HandleAsync(RefundRest message, CancellationToken cancellationToken)
    {
        var refunds = await payments.ReadRefundsAsync(message.PaymentId, cancellationToken);
        if (refunds.Exists(refund => refund.Status == RefundStatus.Pending))
        {
            return Delivery.Later(s_interval, "A refund of the payment is under way.");
        }

        // If one has begun just now, this message comes again.
        var actor = new Actor(message.Actor, message.UserId, message.Reason);
        _ =
            await payments.ChangeAsync(
                new PaymentKey.Of(message.PaymentId),
                new PaymentCommand.RefundRest(actor),
                cancellationToken
            ) ?? throw new InvalidOperationException($"There is no payment {message.PaymentId}.");
        return Delivery.Done;
    }
}
