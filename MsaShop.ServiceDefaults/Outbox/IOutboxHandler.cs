namespace MsaShop.Outbox;

/// <summary>
/// Does the work of one type of message. Each delivery has a scope of its own. A message comes at least once: doing it
/// again, or twice at the same time, must do no harm.
/// </summary>
/// <typeparam name="TMessage">The message.</typeparam>
public interface IOutboxHandler<in TMessage>
    where TMessage : IOutboxMessage
{
    /// <summary>Does the work, or says when to try again.</summary>
    /// <param name="cancellationToken">Ends with the handler's time, or when the service stops.</param>
    /// <exception cref="Exception">
    /// Try again: without end where a service or the database failed, else until the message is dead.
    /// </exception>
    Task<Delivery> HandleAsync(TMessage message, CancellationToken cancellationToken);
}
