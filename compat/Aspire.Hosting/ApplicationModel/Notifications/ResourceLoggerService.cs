using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console logs of the resources: what they write, and what is written about them.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _watchersLock = new();
    private readonly List<ChannelWriter<LogSubscriber>> _watchers = [];
    private readonly CancellationTokenSource _disposing = new();

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>A logger that writes into the logs of all running copies of the resource.</summary>
    public ILogger GetLogger(IResource resource) =>
        new ResourceLogger(() => resource.GetResolvedResourceNames().Select(GetLog), this);

    /// <summary>A logger that writes into the log of one running copy.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger(() => [GetLog(resourceName)], this);

    /// <summary>The lines that are there now.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) =>
        GetAllAsync(resource.GetResolvedResourceNames()[0]);

    /// <summary>The lines that are there now.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (GetLog(resourceName).Lines is { Count: > 0 } lines)
        {
            yield return lines;
        }
    }

    /// <summary>The lines that are there, and then each new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) =>
        WatchAsync(resource.GetResolvedResourceNames()[0]);

    /// <summary>The lines that are there, and then each new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) =>
        WatchCoreAsync(resourceName, CancellationToken.None);

    /// <summary>Whose logs are read now, and then each change.</summary>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        lock (_watchersLock)
        {
            _watchers.Add(channel.Writer);
            foreach (var (name, log) in _logs)
            {
                if (log.HasSubscribers)
                {
                    channel.Writer.TryWrite(new LogSubscriber(name, AnySubscribers: true));
                }
            }
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_watchersLock)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    /// <summary>Ends the logs: no more lines come.</summary>
    public void Complete(IResource resource)
    {
        foreach (var name in resource.GetResolvedResourceNames())
        {
            Complete(name);
        }
    }

    /// <summary>Ends the log: no more lines come.</summary>
    public void Complete(string name) => GetLog(name).Complete();

    public void ClearBacklog(string resourceName) => GetLog(resourceName).Clear();

    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a line that the resource has written.</summary>
    /// <param name="resourceName">The identity of the running copy.</param>
    /// <param name="timestampUtc">When it was written; null if the content says so already, or nobody knows.</param>
    /// <param name="content">The line.</param>
    /// <param name="isErrorMessage">Whether it came from standard error.</param>
    internal void AddLine(string resourceName, DateTime? timestampUtc, string content, bool isErrorMessage) =>
        GetLog(resourceName)
            .Add(
                timestampUtc is { } time
                    ? $"{time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)} {content}"
                    : content,
                isErrorMessage
            );

    private ResourceLog GetLog(string resourceName) =>
        _logs.GetOrAdd(resourceName, name => new ResourceLog(any => TellWatchers(new LogSubscriber(name, any))));

    private void TellWatchers(LogSubscriber change)
    {
        lock (_watchersLock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(change);
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchCoreAsync(
        string resourceName,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var log = GetLog(resourceName);
        var channel = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        var backlog = log.Subscribe(channel.Writer);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            if (backlog.Count > 0)
            {
                yield return backlog;
            }

            while (await channel.Reader.WaitToReadAsync(linked.Token).ConfigureAwait(false))
            {
                var lines = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                {
                    lines.Add(line);
                }

                yield return lines;
            }
        }
        finally
        {
            log.Unsubscribe(channel.Writer);
        }
    }

    private sealed class ResourceLogger(Func<IEnumerable<ResourceLog>> logs, ResourceLoggerService service) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var time = service
                .TimeProvider.GetUtcNow()
                .UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
            var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
            foreach (var log in logs())
            {
                foreach (var line in text.Split('\n'))
                {
                    log.Add($"{time} {line.TrimEnd('\r')}", logLevel >= LogLevel.Error);
                }
            }
        }
    }

    private sealed class ResourceLog(Action<bool> anySubscribersChanged)
    {
        /// <summary>Older lines are forgotten.</summary>
        private const int MaxLines = 10_000;

        private readonly Lock _lock = new();
        private readonly Queue<LogLine> _lines = [];
        private readonly List<ChannelWriter<LogLine>> _subscribers = [];
        private int _lastNumber;
        private bool _complete;

        public bool HasSubscribers
        {
            get
            {
                lock (_lock)
                {
                    return _subscribers.Count > 0;
                }
            }
        }

        public IReadOnlyList<LogLine> Lines
        {
            get
            {
                lock (_lock)
                {
                    return [.. _lines];
                }
            }
        }

        public void Add(string content, bool isErrorMessage)
        {
            lock (_lock)
            {
                var line = new LogLine(++_lastNumber, content, isErrorMessage);
                _lines.Enqueue(line);
                if (_lines.Count > MaxLines)
                {
                    _lines.Dequeue();
                }

                foreach (var subscriber in _subscribers)
                {
                    subscriber.TryWrite(line);
                }
            }
        }

        public IReadOnlyList<LogLine> Subscribe(ChannelWriter<LogLine> writer)
        {
            IReadOnlyList<LogLine> backlog;
            bool first;
            lock (_lock)
            {
                backlog = [.. _lines];
                _subscribers.Add(writer);
                first = _subscribers.Count == 1;
                if (_complete)
                {
                    writer.TryComplete();
                }
            }

            if (first)
            {
                anySubscribersChanged(true);
            }

            return backlog;
        }

        public void Unsubscribe(ChannelWriter<LogLine> writer)
        {
            bool last;
            lock (_lock)
            {
                last = _subscribers.Remove(writer) && _subscribers.Count == 0;
            }

            if (last)
            {
                anySubscribersChanged(false);
            }
        }

        public void Complete()
        {
            lock (_lock)
            {
                _complete = true;
                foreach (var subscriber in _subscribers)
                {
                    subscriber.TryComplete();
                }
            }
        }

        public void Clear()
        {
            lock (_lock)
            {
                _lines.Clear();
                _lastNumber = 0;
            }
        }
    }
}
