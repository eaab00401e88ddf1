using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.Outbox;

/// <summary>
/// Marks messages that requests have delivered as done, many in one statement: a commit for each would cost those
/// requests more than the rest of the outbox. If the process dies first, the messages are delivered once more, as after
/// any death between delivery and completion.
/// </summary>
internal sealed class CompletionBuffer(IServiceScopeFactory scopes, ILogger<CompletionBuffer> logger)
{
    private const int AtOnce = 500;

    private readonly Lock _lock = new();
    private readonly List<OutboxMessage> _delivered = [];
    private bool _isOpen;

    /// <summary>From now on the worker calls <see cref="WriteAsync"/> periodically.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    /// <summary>Accepts no more messages; those accepted still have to be written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
        }
    }

    /// <returns>Whether the message was accepted; if not, the caller must complete it.</returns>
    public bool TryAdd(OutboxMessage delivered)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                _delivered.Add(delivered);
            }

            return _isOpen;
        }
    }

    /// <summary>Completes the buffered messages. If the database is down, they stay for the next call.</summary>
    public async Task WriteAsync()
    {
        while (Take() is { Count: > 0 } messages)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<OutboxStore>().EndAsync(messages);
            }
            catch (Exception exception) when (exception.IsDatabaseFailure())
            {
                logger.LogWarning(
                    "{Count} outbox messages that are done cannot be marked so yet: {Error}",
                    messages.Count,
                    exception.GetSafeMessage()
                );
                PutBack(messages);
                return;
            }
        }
    }

    private List<OutboxMessage> Take()
    {
        lock (_lock)
        {
            var messages = _delivered.Take(AtOnce).ToList();
            _delivered.RemoveRange(0, messages.Count);
            return messages;
        }
    }

    private void PutBack(List<OutboxMessage> messages)
    {
        lock (_lock)
        {
            _delivered.AddRange(messages);
        }
    }
}
