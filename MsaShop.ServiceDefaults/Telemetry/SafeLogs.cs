using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps values to be stored out of all logs, whoever writes them and wherever they go: lines with an exception lose
/// the database's own messages (<see cref="DatabaseErrorText"/>).
/// </summary>
internal static class SafeLogs
{
    public static void AddSafeLogs(this ILoggingBuilder logging)
    {
        // The driver's own lines carry no exception to recognize them by, and only help to debug the driver.
        logging.AddFilter("MySqlConnector", LogLevel.Warning);
        logging.Services.TryAddSingleton<LoggerFactory>();
        logging.Services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(services => new Factory(
                services.GetRequiredService<LoggerFactory>()
            ))
        );
    }

    private sealed class Factory(LoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        // The service provider created the inner factory and disposes of it.
        public void Dispose() { }
    }

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (exception is null || !inner.IsEnabled(logLevel) || !exception.IsDatabaseError())
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            var line = new Line(
                exception.WithoutValues(formatter(state, exception)),
                state is IEnumerable<KeyValuePair<string, object?>> values
                    ? [.. values.Select(value => KeyValuePair.Create(value.Key, Clean(value.Value, exception)))]
                    : []
            );
            inner.Log(logLevel, eventId, line, new SafeException(exception), (safe, _) => safe.ToString());
        }

        private static object? Clean(object? value, Exception exception) =>
            value switch
            {
                string text => exception.WithoutValues(text),
                Exception one => new SafeException(one),
                _ => value,
            };
    }

    private sealed class Line(string text, IReadOnlyList<KeyValuePair<string, object?>> values)
        : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => values.Count;

        public KeyValuePair<string, object?> this[int index] => values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => text;
    }

    private sealed class SafeException(Exception original)
        : Exception(original.GetSafeMessage(), original.InnerException is { } inner ? new SafeException(inner) : null)
    {
        public override string? StackTrace => original.StackTrace;

        public override string ToString() => original.WithoutValues(original.ToString());
    }
}
