using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

internal static class OrchestratorServiceCollectionExtensions
{
    /// <summary>Adds what runs the model when the application starts.</summary>
    internal static IServiceCollection AddOrchestrator(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddSingleton<SecretMask>();
        services.AddSingleton<ResourceRuntime>();
        services.AddSingleton<CustomResources>();
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService<Orchestrator>();
        services.AddLogging(logging =>
        {
            // A resource that is not healthy yet is no error; its state and its reports say so.
            logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
            logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
            logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
            logging.AddFilter("Grpc", LogLevel.Warning);

            // Why the application does not start is thrown, and need not be told twice.
            logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        });
        return services;
    }
}
