using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaShop.AppHost.Starting;

/// <summary>Prints one line on the console if a resource fails: why, and what to do.</summary>
internal static class ResourceFailures
{
    /// <summary>Watches the resource from the shop's start.</summary>
    /// <param name="describe">The line for a failed resource in this state; null if nothing is wrong.</param>
    public static void ExplainFailure<T>(
        this IResourceBuilder<T> resource,
        Func<CustomResourceSnapshot, string?> describe
    )
        where T : IResource =>
        resource.ApplicationBuilder.OnBeforeStart(
            (starting, beforeStart) =>
            {
                _ = ExplainAsync(resource.Resource.Name, describe, starting.Services);
                return Task.CompletedTask;
            }
        );

    /// <summary>Whether the resource did not start, or ended with an error.</summary>
    public static bool HasFailed(string? state, int? exitCode) =>
        state == KnownResourceStates.FailedToStart
        || (KnownResourceStates.TerminalStates.Contains(state) && exitCode is not (null or 0));

    private static async Task ExplainAsync(
        string name,
        Func<CustomResourceSnapshot, string?> describe,
        IServiceProvider services
    )
    {
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
            services
                .GetRequiredService<ILoggerFactory>()
                .CreateLogger("MsaShop.AppHost")
                .LogError("{Failure}", failure);
        }
        catch (OperationCanceledException)
        {
            // The shop stops before the resource has failed.
        }
    }
}
