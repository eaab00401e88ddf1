using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.Outbox;

/// <summary>
/// Ends the messages that requests have delivered themselves, many in one statement, for a commit each would cost those
/// requests more than all else about the outbox. A process that dies before has them delivered once more, as one does that
/// dies between delivery and end.
/// </summary>
internal sealed class CompletionBuffer(IServiceScopeFactory scopes, ILogger<CompletionBuffer> logger)
{
    private const int AtOnce = 500;

    private readonly Lock _lock = new();
    private readonly Queue<OutboxMessage> _delivered = new();
    private bool _isOpen;

    /// <summary>From now on somebody calls <see cref="WriteAsync"/> again and again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    /// <summary>Takes no more; what was taken is to be written yet.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
        }
    }

    /// <summary>Takes a message that is to be ended.</summary>
    /// <returns>Whether it was taken; if not, nobody would end it.</returns>
    public bool TryAdd(OutboxMessage delivered)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                _delivered.Enqueue(delivered);
            }

            return _isOpen;
        }
    }

    /// <summary>Ends what was taken. What cannot be ended just then is left to the next time.</summary>
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
            var messages = new List<OutboxMessage>(Math.Min(AtOnce, _delivered.Count));
            while (messages.Count < AtOnce && _delivered.TryDequeue(out var message))
            {
                messages.Add(message);
            }

            return messages;
        }
    }

    private void PutBack(List<OutboxMessage> messages)
    {
        lock (_lock)
        {
            messages.ForEach(_delivered.Enqueue);
        }
    }
}
