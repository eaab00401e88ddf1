using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Background;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>HTTP clients for calls between services.</summary>
public static class HttpClientExtensions
{
    /// <summary>
    /// Concurrent requests of one client to a service, and how many queue for a slot. In a rush for one product,
    /// sending all at once would only delay each other.
    /// </summary>
    private const int AtOnce = 32;
    private const int Waiting = 500;

    /// <summary>Short, because somebody is waiting for the answer.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private static readonly HttpRequestOptionsKey<bool> s_retryAllowed = new("MsaShop.RetryAllowed");

    /// <summary>Every client resolves services by name, times out, and retries only what is safe to repeat.</summary>
    internal static void AddResilientHttpClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // The caller logs failures and traces cover the rest; the default loggers add two scopes to every call.
            http.RemoveAllLoggers();
            http.AddStandardResilienceHandler(options =>
            {
                // Queueing does not count towards the timeouts below.
                options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = AtOnce;
                options.RateLimiter.DefaultRateLimiterOptions.QueueLimit = Waiting;
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(6);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                // Honour Retry-After, but with jitter; without it, back off.
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
    }

    /// <summary>
    /// Lets a request be retried after an unknown outcome or a transient failure, whatever its method. Only for
    /// operations that are idempotent at the service.
    /// </summary>
    public static void AllowRetry(this HttpRequestMessage request) => request.Options.Set(s_retryAllowed, true);

    /// <summary>Whether a service could not be reached or did not answer in time.</summary>
    public static bool IsServiceFailure(this Exception exception) =>
        exception
            is HttpRequestException
                or BrokenCircuitException
                or TimeoutRejectedException
                or RateLimiterRejectedException;

    /// <summary>The pause before a retry; null if the answer does not suggest one.</summary>
    internal static TimeSpan? GetPause(HttpResponseMessage? answer, Random random) =>
        answer?.Headers.RetryAfter?.Delta is { } wait
            ? Jitter.Around(wait < s_longestPause ? wait : s_longestPause, 0.5, random)
            : null;

    private static bool MayRetry(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Head
        || request.Method == HttpMethod.Options
        || request.Options.TryGetValue(s_retryAllowed, out _);

    /// <summary>Adds a typed client for another service's <c>/internal</c> endpoints, with a service token.</summary>
    /// <typeparam name="TClient">The client; its constructor takes an <see cref="HttpClient"/>.</typeparam>
    /// <param name="serviceName">The service to call, from <see cref="ServiceNames"/>.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string serviceName)
        where TClient : class =>
        services
            .AddHttpClient<TClient>(client => client.BaseAddress = new Uri($"http://{serviceName}"))
            .AddHttpMessageHandler(provider => new ServiceTokenHandler(
                provider.GetRequiredService<ServiceTokens>(),
                serviceName
            ));
}
