using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command, replacing one of the same name.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null
    )
        where T : IResource
    {
        var options = commandOptions ?? CommandOptions.Default;
        var annotations = builder.Resource.Annotations;
        foreach (var existing in annotations.OfType<ResourceCommandAnnotation>().Where(command => command.Name == name))
        {
            annotations.Remove(existing);
        }

        return builder.WithAnnotation(
            new ResourceCommandAnnotation(
                name,
                displayName,
                options.UpdateState ?? (_ => ResourceCommandState.Enabled),
                executeCommand,
                options.Description,
                parameter: null,
                options.ConfirmationMessage,
                options.IconName,
                options.IconVariant,
                options.IsHighlighted
            )
        );
    }

    /// <summary>Adds a command that sends a request to the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        [EndpointName] string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null
    )
        where TResource : IResourceWithEndpoints =>
        builder.WithHttpCommand(
            path,
            displayName,
            () => builder.FindHttpEndpoint(endpointName),
            commandName,
            commandOptions
        );

    /// <summary>Adds a command that sends a request to the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        Func<EndpointReference>? endpointSelector,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null
    )
        where TResource : IResourceWithEndpoints
    {
        var options = commandOptions ?? new HttpCommandOptions();
        var select = options.EndpointSelector ?? endpointSelector ?? (() => builder.FindHttpEndpoint(null));
        var method = options.Method ?? HttpMethod.Post;
        options.UpdateState ??= context =>
            context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled;

        return builder.WithCommand(
            commandName ?? $"{builder.Resource.Name}-http-{method.Method.ToLowerInvariant()}-{path}",
            displayName,
            context => SendAsync(context, select(), path, method, options),
            options
        );
    }

    private static async Task<ExecuteCommandResult> SendAsync(
        ExecuteCommandContext context,
        EndpointReference endpoint,
        string path,
        HttpMethod method,
        HttpCommandOptions options
    )
    {
        var clients = context.Services.GetRequiredService<IHttpClientFactory>();
        using var client = clients.CreateClient(options.HttpClientName ?? "");
        using var request = new HttpRequestMessage(method, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(
                    new HttpCommandRequestContext
                    {
                        ServiceProvider = context.Services,
                        ResourceName = context.ResourceName,
                        Endpoint = endpoint,
                        CancellationToken = context.CancellationToken,
                        HttpClient = client,
                        Request = request,
                    }
                )
                .ConfigureAwait(false);
        }

        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
            if (options.GetCommandResult is { } getResult)
            {
                return await getResult(
                        new HttpCommandResultContext
                        {
                            ServiceProvider = context.Services,
                            ResourceName = context.ResourceName,
                            Endpoint = endpoint,
                            CancellationToken = context.CancellationToken,
                            HttpClient = client,
                            Response = response,
                        }
                    )
                    .ConfigureAwait(false);
            }

            return response.IsSuccessStatusCode
                ? CommandResults.Success()
                : CommandResults.Failure(
                    string.Create(CultureInfo.InvariantCulture, $"The answer was {(int)response.StatusCode}.")
                );
        }
        catch (HttpRequestException exception)
        {
            return CommandResults.Failure(exception);
        }
    }
}
