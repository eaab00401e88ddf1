using Microsoft.Extensions.Http.Resilience;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Background;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Calls between services.</summary>
public static class HttpClientExtensions
{
    /// <summary>
    /// The most requests of one kind that a process has under way at a service, and the most that wait. In a rush for one
    /// product, all at once would only delay one another.
    /// </summary>
    private const int AtOnce = 32;
    private const int Waiting = 500;

    /// <summary>Somebody waits for the response.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private static readonly HttpRequestOptionsKey<bool> s_retryAllowed = new("MsaShop.RetryAllowed");

    /// <summary>Clients find services by name, time out, and repeat only what may be repeated.</summary>
    internal static IServiceCollection AddResilientHttpClients(this IServiceCollection services)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            // The caller logs failures, and traces have the rest: the default loggers cost each call two scopes.
            http.RemoveAllLoggers();
            http.AddStandardResilienceHandler(options =>
            {
                // Outside the timeouts, which count from a request's turn on.
                options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = AtOnce;
                options.RateLimiter.DefaultRateLimiterOptions.QueueLimit = Waiting;
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(6);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                // As the service says, but not all at the same moment; otherwise with growing pauses.
                options.Retry.ShouldRetryAfterHeader = false;
                options.Retry.DelayGenerator = arguments => new(GetPause(arguments.Outcome.Result, Random.Shared));
                var isPassing = options.Retry.ShouldHandle;
                options.Retry.ShouldHandle = async arguments =>
                    arguments.Context.GetRequestMessage() is { } request
                    && MayRetry(request)
                    && await isPassing(arguments);
            });
            http.AddServiceDiscovery();
        });
        return services;
    }

    /// <summary>
    /// Allows this request to be repeated after a temporary failure or an unknown outcome, whatever its method. Only for
    /// calls that the service handles idempotently.
    /// </summary>
    public static void AllowRetry(this HttpRequestMessage request) => request.Options.Set(s_retryAllowed, true);

    /// <summary>Whether a service was unreachable or too slow.</summary>
    public static bool IsServiceFailure(this Exception exception) =>
        exception
            is HttpRequestException
                or BrokenCircuitException
                or TimeoutRejectedException
                or RateLimiterRejectedException;

    /// <summary>The pause before a repeat; null if the response does not say.</summary>
    internal static TimeSpan? GetPause(HttpResponseMessage? answer, Random random) =>
        answer?.Headers.RetryAfter?.Delta is { } wait
            ? Jitter.Around(wait < s_longestPause ? wait : s_longestPause, 0.5, random)
            : null;

    private static bool MayRetry(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Head
        || request.Method == HttpMethod.Options
        || request.Options.TryGetValue(s_retryAllowed, out _);

    /// <summary>Adds a typed client for another service's <c>/internal</c> endpoints, which sends a service token.</summary>
    /// <typeparam name="TClient">Takes an <see cref="HttpClient"/> in its constructor.</typeparam>
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
