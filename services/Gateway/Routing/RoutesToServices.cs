using System.Text;
using MsaShop.Gateway.Protection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace MsaShop.Gateway.Routing;

/// <summary>The configuration section <c>Routing</c>: how long the gateway waits for a service.</summary>
internal sealed class RoutingOptions
{
    /// <summary>How long a service may be silent during a request.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for payment-svc, which may wait 30 seconds for Toss.</summary>
    public TimeSpan PaymentActivityTimeout { get; set; } = TimeSpan.FromSeconds(45);

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The interval of health checks.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The timeout of a health check. Hashing many passwords at once keeps a small machine busy for a second.
    /// </summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(2);
}

internal static class RoutesToServices
{
    public static void AddRoutesToServices(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Routing").Get<RoutingOptions>() ?? new RoutingOptions();
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                ServiceRoutes.All,
                [.. ServiceRoutes.Services.Values.Select(service => Cluster(service, options))]
            )
            .ConfigureHttpClient(
                (_, handler) =>
                {
                    handler.ConnectTimeout = options.ConnectTimeout;
                    // So that new replicas get their share.
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                    // Unchanged: any script on the domain can set a cookie with non-ASCII letters.
                    handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                    handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                }
            )
            .AddServiceDiscoveryDestinationResolver();
    }

    /// <summary>A service that does not answer soon becomes 503, and a body that is too large 413.</summary>
    public static void MapRoutesToServices(this WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.UseAdminVouching();
            proxy.Use(ExplainFailureAsync);
            proxy.UseLoadBalancing();
        });

    /// <summary>Answers requests that no route matches, from anybody.</summary>
    public static void MapNothingElse(this WebApplication app) =>
        app.Map("/{**path}", () => Problems.NotFound("address")).AllowAnonymous();

    private static ClusterConfig Cluster(string service, RoutingOptions options) =>
        new()
        {
            ClusterId = service,
            Destinations = new Dictionary<string, DestinationConfig>
            {
                // Service discovery replaces the address, and the Host header keeps the name.
                [service] = new() { Address = $"http://{service}", Host = service },
            },
            LoadBalancingPolicy = "PowerOfTwoChoices",
            HttpRequest = new ForwarderRequestConfig
            {
                Version = new Version(1, 1),
                ActivityTimeout =
                    service == ServiceNames.Payments ? options.PaymentActivityTimeout : options.ActivityTimeout,
            },
            // A dead service's port may still accept connections and then stay silent, behind a local or a cluster
            // proxy. Health checks find that out, and the gateway refuses requests at the first silence.
            HealthCheck = new HealthCheckConfig
            {
                // With all replicas dead, fail at once instead of trying one all the same.
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = true,
                    Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                    Path = "/alive",
                    Interval = options.HealthInterval,
                    Timeout = options.HealthTimeout,
                },
            },
            Metadata = new Dictionary<string, string>
            {
                [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1",
            },
        };

    private static async Task ExplainFailureAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);

        if (context.GetForwarderErrorFeature() is not { } failure || context.Response.HasStarted)
        {
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nothing failed here, and nobody reads the answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        if (FindBadRequest(failure.Exception) is { } bad)
        {
            throw bad;
        }

        if (failure.Error == ForwarderError.RequestCreation)
        {
            throw new BadHttpRequestException("The request cannot be passed on.", failure.Exception!);
        }

        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            context.Response.Clear();
            await Problems
                .Unavailable("service_unavailable", "The service behind this does not answer. Try again shortly.")
                .ExecuteAsync(context);
        }
    }

    /// <summary>The client's mistake while sending its body, if that is the cause.</summary>
    private static BadHttpRequestException? FindBadRequest(Exception? exception) =>
        exception switch
        {
            null => null,
            BadHttpRequestException bad => bad,
            AggregateException many => many
                .InnerExceptions.Select(FindBadRequest)
                .FirstOrDefault(bad => bad is not null),
            _ => FindBadRequest(exception.InnerException),
        };
}
