using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Background;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>How the services call each other.</summary>
public static class HttpClientExtensions
{
    /// <summary>
    /// How many requests of one kind a process has under way at a service, and how many wait for their turn. In a rush for
    /// one product all of them at once would only make each other late.
    /// </summary>
    private const int AtOnce = 32;
    private const int Waiting = 500;

    /// <summary>Somebody is waiting for the answer.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private static readonly HttpRequestOptionsKey<bool> s_retryAllowed = new("MsaShop.RetryAllowed");

    /// <summary>Every client finds its service by name, gives up in time, and repeats only what is safe to repeat.</summary>
    internal static IServiceCollection AddResilientHttpClients(this IServiceCollection services)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            // Failures are logged by whoever made the call, all else is in the traces: what is left costs each call two scopes.
            http.RemoveAllLoggers();
            http.AddStandardResilienceHandler(options =>
            {
                // Outside the time limits: these count from a request's turn on.
                options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = AtOnce;
                options.RateLimiter.DefaultRateLimiterOptions.QueueLimit = Waiting;
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(6);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                // As the service says, but not all at the same moment; where it says nothing, a little later each time.
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
    /// Lets this request be sent again when its outcome is unknown or a passing failure, whatever its method: only where
    /// the service does the same thing however often it is told.
    /// </summary>
    public static void AllowRetry(this HttpRequestMessage request) => request.Options.Set(s_retryAllowed, true);

    /// <summary>Whether the exception says that a service could not be reached or did not answer in time.</summary>
    public static bool IsServiceFailure(this Exception exception) =>
        exception
            is HttpRequestException
                or BrokenCircuitException
                or TimeoutRejectedException
                or RateLimiterRejectedException;

    /// <summary>How long to wait before a request is sent again; null where the answer does not say.</summary>
    internal static TimeSpan? GetPause(HttpResponseMessage? answer, Random random) =>
        answer?.Headers.RetryAfter?.Delta is { } wait
            ? Jitter.Around(wait < s_longestPause ? wait : s_longestPause, 0.5, random)
            : null;

    private static bool MayRetry(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Head
        || request.Method == HttpMethod.Options
        || request.Options.TryGetValue(s_retryAllowed, out _);

    /// <summary>Adds a typed client for another service's <c>/internal</c> endpoints, which brings a service token.</summary>
    /// <typeparam name="TClient">The client; its constructor takes an <see cref="HttpClient"/>.</typeparam>
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
