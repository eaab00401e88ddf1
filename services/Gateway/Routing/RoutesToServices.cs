using System.Text;
using MsaShop.Gateway.Protection;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace MsaShop.Gateway.Routing;

/// <summary>How long the gateway waits for a service: the configuration section <c>Routing</c>.</summary>
internal sealed class RoutingOptions
{
    /// <summary>How long a service may be silent while it works on a request.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for payment-svc, which may wait 30 seconds for Toss to charge a card or to give money back.</summary>
    public TimeSpan PaymentActivityTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a connection to a service may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a service is asked whether it is alive.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it may take to say so. Many passwords at once keep a small machine busy for a second.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>The reverse proxy.</summary>
internal static class RoutesToServices
{
    /// <summary>Adds the routes, to services that are found by name.</summary>
    public static WebApplicationBuilder AddRoutesToServices(this WebApplicationBuilder builder)
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
                    // So that replicas that come later get their share.
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                    // As they came: any script on the domain can set a cookie with other letters than ASCII's.
                    handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                    handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                }
            )
            .AddServiceDiscoveryDestinationResolver();
        return builder;
    }

    /// <summary>Maps the routes. A service that fails to answer becomes 503, soon, and a body too large 413.</summary>
    public static void MapRoutesToServices(this WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.UseAdminVouching();
            proxy.Use(ExplainFailureAsync);
            proxy.UseLoadBalancing();
        });

    /// <summary>Answers what no route is for, whoever asks.</summary>
    public static void MapNothingElse(this WebApplication app) =>
        app.Map("/{**path}", () => Problems.NotFound("address")).AllowAnonymous();

    private static ClusterConfig Cluster(string service, RoutingOptions options) =>
        new()
        {
            ClusterId = service,
            Destinations = new Dictionary<string, DestinationConfig>
            {
                // The name stays in the Host header when service discovery puts a replica's address in its place.
                [service] = new() { Address = $"http://{service}", Host = service },
            },
            LoadBalancingPolicy = "PowerOfTwoChoices",
            HttpRequest = new ForwarderRequestConfig
            {
                Version = new Version(1, 1),
                ActivityTimeout =
                    service == ServiceNames.Payments ? options.PaymentActivityTimeout : options.ActivityTimeout,
            },
            // A dead service's port may still accept connections and then say nothing, behind a local or a cluster
            // proxy. So the gateway asks each service, and turns requests away at the first silence.
            HealthCheck = new HealthCheckConfig
            {
                // With all replicas dead, say so, rather than try one of them all the same.
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
            // The client gave up: nothing here failed, and nobody is there to read an answer.
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

    /// <summary>What the client did wrong while its body was on the way, if that is the reason.</summary>
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
