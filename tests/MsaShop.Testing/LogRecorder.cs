using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MsaShop.Testing;

/// <summary>Keeps every line that a service logs, with its exception.</summary>
public sealed class LogRecorder : ILoggerProvider, ILogger
{
    /// <summary>The lines.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }

    /// <inheritdoc />
    public void Dispose() { }
}
