using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaShop.AppHost.Databases;

/// <summary>Logs in one line why a resource failed, and what to do about it.</summary>
internal static class FailureExplanation
{
    /// <param name="describe">The problem with the resource in this state, or null.</param>
    public static IResourceBuilder<T> ExplainFailure<T>(
        this IResourceBuilder<T> resource,
        Func<CustomResourceSnapshot, string?> describe
    )
        where T : IResource
    {
        resource.ApplicationBuilder.OnBeforeStart(
            (starting, beforeStart) =>
            {
                _ = ExplainAsync(resource.Resource.Name, describe, starting.Services);
                return Task.CompletedTask;
            }
        );
        return resource;
    }

    private static async Task ExplainAsync(
        string name,
        Func<CustomResourceSnapshot, string?> describe,
        IServiceProvider services
    )
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("MsaShop.AppHost");
        try
        {
            string? failure = null;
            await services
                .GetRequiredService<ResourceNotificationService>()
                .WaitForResourceAsync(
                    name,
                    change => (failure = describe(change.Snapshot)) is not null,
                    services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
                );
            logger.LogError("{Failure}", failure);
        }
        catch (OperationCanceledException)
        {
            // The shop stopped before the resource failed.
        }
    }
}
