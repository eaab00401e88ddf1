using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Grpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Answers the dashboard.</summary>
internal sealed class ResourceServiceApi(
    ResourceServiceContext context,
    ResourceFeed feed,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    ILogger<ResourceServiceApi> logger
) : DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(
        ApplicationInformationRequest request,
        ServerCallContext call
    ) => Task.FromResult(new ApplicationInformationResponse { ApplicationName = context.ApplicationName });

    public override Task WatchResources(
        WatchResourcesRequest request,
        IServerStreamWriter<WatchResourcesUpdate> response,
        ServerCallContext call
    ) =>
        StreamAsync(
            call,
            async cancellationToken =>
            {
                var first = true;
                await foreach (var resources in feed.SubscribeAsync(cancellationToken).ConfigureAwait(false))
                {
                    await response
                        .WriteAsync(first ? Initial(resources) : Changes(resources), cancellationToken)
                        .ConfigureAwait(false);
                    first = false;
                }
            }
        );

    public override Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request,
        IServerStreamWriter<WatchResourceConsoleLogsUpdate> response,
        ServerCallContext call
    ) =>
        StreamAsync(
            call,
            async cancellationToken =>
            {
                var batches = request.SuppressFollow
                    ? loggers.GetAllAsync(request.ResourceName)
                    : loggers.WatchAsync(request.ResourceName);
                await foreach (var lines in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    var update = new WatchResourceConsoleLogsUpdate();
                    update.LogLines.AddRange(
                        lines.Select(line => new ConsoleLogLine
                        {
                            Text = line.Content,
                            IsStdErr = line.IsErrorMessage,
                            LineNumber = line.LineNumber,
                        })
                    );
                    await response.WriteAsync(update, cancellationToken).ConfigureAwait(false);
                }
            }
        );

    /// <summary>
    /// The shop asks the dashboard's user nothing, so the stream stays silent until one side ends it. Answering that the
    /// method is not there confuses the dashboard now and then: its resource list stays empty.
    /// </summary>
    public override Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> request,
        IServerStreamWriter<WatchInteractionsResponseUpdate> response,
        ServerCallContext call
    ) => StreamAsync(call, cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken));

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(
        ResourceCommandRequest request,
        ServerCallContext call
    )
    {
        // The dashboard shows the command as failed or done, so the command runs on when the page is closed.
        var result = await commands
            .ExecuteCommandAsync(request.ResourceName, request.CommandName, context.Stopping)
            .ConfigureAwait(false);
        var response = new ResourceCommandResponse
        {
            Kind =
                result.Canceled ? ResourceCommandResponseKind.Cancelled
                : result.Success ? ResourceCommandResponseKind.Succeeded
                : ResourceCommandResponseKind.Failed,
        };
        if (result.Message is { } message)
        {
            response.Message = message;
        }

        return response;
    }

    private static WatchResourcesUpdate Initial(IReadOnlyList<Grpc.Resource> resources)
    {
        var data = new InitialResourceData();
        data.Resources.AddRange(resources);
        data.ResourceTypes.AddRange(
            resources
                .Select(resource => resource.ResourceType)
                .Distinct(StringComparer.Ordinal)
                .Select(type => new ResourceType { UniqueName = type })
        );
        return new WatchResourcesUpdate { InitialData = data };
    }

    private static WatchResourcesUpdate Changes(IReadOnlyList<Grpc.Resource> resources)
    {
        var changes = new WatchResourcesChanges();
        changes.Value.AddRange(resources.Select(resource => new WatchResourcesChange { Upsert = resource }));
        return new WatchResourcesUpdate { Changes = changes };
    }

    /// <summary>A stream ends when the caller hangs up or the application ends; neither is a failure.</summary>
    private async Task StreamAsync(ServerCallContext call, Func<CancellationToken, Task> stream)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, context.Stopping);
        try
        {
            await stream(ending.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (ending.IsCancellationRequested)
        {
            logger.LogTrace(exception, "The stream {Method} has ended", call.Method);
        }
    }
}
