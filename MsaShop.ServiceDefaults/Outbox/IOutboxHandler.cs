namespace MsaShop.Outbox;

/// <summary>
/// Handles one type of message, in a scope of its own per delivery. Messages come at least once, even concurrently, so
/// handling must be idempotent.
/// </summary>
/// <typeparam name="TMessage">The message.</typeparam>
public interface IOutboxHandler<in TMessage>
    where TMessage : IOutboxMessage
{
    /// <summary>Handles a message.</summary>
    /// <param name="cancellationToken">Cancelled when the handler's time is over, or the service stops.</param>
    /// <exception cref="Exception"> Retried: for ever if a service or the database failed, otherwise until the message is
    /// dead. </exception>
    Task<Delivery> HandleAsync(TMessage message, CancellationToken cancellationToken);
}
