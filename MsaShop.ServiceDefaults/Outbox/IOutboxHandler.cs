namespace MsaShop.Outbox;

/// <summary>
/// Handles one type of message. Each delivery has a scope of its own. Messages are delivered at least once, so handling
/// one again, even at the same time, must do no harm.
/// </summary>
public interface IOutboxHandler<in TMessage>
    where TMessage : IOutboxMessage
{
    /// <summary>Does the work, or says when to retry.</summary>
    /// <param name="cancellationToken">Cancelled at the handler's timeout, or when the service stops.</param>
    /// <exception cref="Exception">
    /// The message is retried: without limit after a service's or the database's failure, otherwise until it is dead.
    /// </exception>
    Task<Delivery> HandleAsync(TMessage message, CancellationToken cancellationToken);
}
