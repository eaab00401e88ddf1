using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

internal static class OrchestratorServiceCollectionExtensions
{
    public static IServiceCollection AddOrchestrator(this IServiceCollection services) => services;
}
