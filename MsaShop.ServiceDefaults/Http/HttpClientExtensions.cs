using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>How the services call each other.</summary>
public static class HttpClientExtensions
{
    /// <summary>Every client finds its service by name, gives up in time, and repeats only what is safe to repeat.</summary>
    internal static IServiceCollection AddResilientHttpClients(this IServiceCollection services)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(options =>
            {
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                options.Retry.DisableForUnsafeHttpMethods();
            });
            http.AddServiceDiscovery();
        });
        return services;
    }

    /// <summary>Adds a typed client for another service's <c>/internal</c> endpoints, which brings a service token.</summary>
    /// <typeparam name="TClient">The client; its constructor takes an <see cref="HttpClient"/>.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceName">The service to call, one of <see cref="ServiceNames"/>.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string serviceName)
        where TClient : class =>
        services
            .AddHttpClient<TClient>(client => client.BaseAddress = new Uri($"http://{serviceName}"))
            .AddHttpMessageHandler(provider => new ServiceTokenHandler(
                provider.GetRequiredService<ServiceTokens>(),
                serviceName
            ));
}
