using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Repeats the resources' console logs in the AppHost's own, for tests.</summary>
internal sealed class ResourceLogForwarder(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostEnvironment environment,
    ILoggerFactory loggerFactory
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forwarded = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tasks = new List<Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (forwarded.Add(change.ResourceId))
                {
                    tasks.Add(ForwardAsync(change, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    private async Task ForwardAsync(ResourceEvent resource, CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Resource.Name}");
        try
        {
            var log = loggers.WatchAsync(resource.ResourceId).WithCancellation(cancellationToken).ConfigureAwait(false);
            await foreach (var lines in log)
            {
                foreach (var line in lines)
                {
                    logger.Log(
                        line.IsErrorMessage ? LogLevel.Error : LogLevel.Information,
                        "{LineNumber}: {Content}",
                        line.LineNumber,
                        line.Content
                    );
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }
}
