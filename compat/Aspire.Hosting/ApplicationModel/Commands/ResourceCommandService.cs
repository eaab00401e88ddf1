using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives commands to resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(
        ResourceNotificationService notifications,
        ResourceLoggerService loggers,
        IServiceProvider services
    )
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Gives a command to one running resource, by its identity, or by its name if it has no replicas.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId,
        string commandName,
        CancellationToken cancellationToken = default
    ) =>
        _notifications.TryGetCurrentState(resourceId, out var resource)
            ? await ExecuteAsync(resource.Resource, resource.ResourceId, commandName, cancellationToken)
                .ConfigureAwait(false)
            : CommandResults.Failure($"There is no resource '{resourceId}'.");

    /// <summary>Gives a command to all replicas of a resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource,
        string commandName,
        CancellationToken cancellationToken = default
    )
    {
        var results = await Task.WhenAll(
                resource
                    .GetResolvedResourceNames()
                    .Select(id => ExecuteAsync(resource, id, commandName, cancellationToken))
            )
            .ConfigureAwait(false);
        return Array.Find(results, result => !result.Success) ?? results[0];
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource,
        string resourceId,
        string commandName,
        CancellationToken cancellationToken
    )
    {
        var command = resource
            .Annotations.OfType<ResourceCommandAnnotation>()
            .LastOrDefault(candidate => candidate.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'.");
        }

        var logger = _loggers.GetLogger(resourceId);
        try
        {
            var result = await command
                .ExecuteCommand(
                    new ExecuteCommandContext
                    {
                        Services = _services,
                        ResourceName = resourceId,
                        CancellationToken = cancellationToken,
                        Logger = logger,
                    }
                )
                .ConfigureAwait(false);
            if (!result.Success && !result.Canceled)
            {
                logger.LogError("The command '{Command}' failed: {Message}", commandName, result.Message);
            }

            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The command '{Command}' failed", commandName);
            return CommandResults.Failure(exception);
        }
    }
}
