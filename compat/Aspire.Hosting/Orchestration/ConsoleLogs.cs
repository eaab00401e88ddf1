using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Carries what processes or containers write on their consoles to the resources' logs.</summary>
internal sealed class ConsoleLogs<T>(DcpClient dcp, ResourceLoggerService loggers)
    where T : class, IDcpObject<T>
{
    private readonly HashSet<(string Name, DateTime? Start, DcpLogSource Source)> _followed = [];
    private readonly ConcurrentBag<Task> _readers = [];

    /// <summary>Follows the logs that an object in this state has, each of them once.</summary>
    public void Follow(string name, DcpRunStatus status, CancellationToken cancellationToken)
    {
        foreach (var source in SourcesIn(status.State))
        {
            // An object that was started anew has new logs.
            if (_followed.Add((name, status.StartupTimestamp, source)))
            {
                _readers.Add(ReadAsync(name, source, cancellationToken));
            }
        }
    }

    public Task CompleteAsync() => Task.WhenAll(_readers);

    private static IEnumerable<DcpLogSource> SourcesIn(string? state) =>
        state switch
        {
            null or "" or "Pending" or "RuntimeUnhealthy" => [],
            "FailedToStart" => typeof(T) == typeof(DcpContainer)
                ? [DcpLogSource.StartupStdOut, DcpLogSource.StartupStdErr, DcpLogSource.System]
                : [DcpLogSource.System],
            "Starting" or "Building" => typeof(T) == typeof(DcpContainer)
                ? [DcpLogSource.StartupStdOut, DcpLogSource.StartupStdErr]
                : [],
            _ => [DcpLogSource.StdOut, DcpLogSource.StdErr],
        };

    private async Task ReadAsync(string name, DcpLogSource source, CancellationToken cancellationToken)
    {
        var isError = source is DcpLogSource.StdErr or DcpLogSource.System;
        try
        {
            await foreach (
                var line in dcp.ReadLogAsync<T>(name, source, follow: source != DcpLogSource.System, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                // The line starts with its time already.
                loggers.AddLine(name, timestampUtc: null, line, isError);
            }
        }
        catch (Exception exception)
            when (exception is DcpException or HttpRequestException or OperationCanceledException)
        {
            // The object is gone, and its log with it, or the application ends.
        }
    }
}
