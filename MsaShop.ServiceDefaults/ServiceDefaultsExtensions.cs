using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Telemetry;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.ServiceDefaults;

/// <summary>What every service of the shop starts with.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";

    /// <summary>The name of the document of the internal endpoints.</summary>
    public const string InternalDocument = "internal";

    /// <summary>The largest request body that a service takes, in bytes; a larger one is answered 413.</summary>
    public const long MaxRequestBodySize = 1024 * 1024;

    /// <summary>
    /// Adds telemetry, health checks, service discovery, resilient HTTP clients, problem details and the shop's JSON.
    /// </summary>
    /// <param name="serviceName">The service's name among the others, one of <see cref="ServiceNames"/>.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string serviceName)
    {
        ShopText.EnsureNormalizes();
        // What a program writes depends on nobody's machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        builder.Services.AddSingleton(new ServiceIdentity(serviceName));
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxRequestBodySize;
        });
        builder.Services.Configure<JsonOptions>(options =>
        {
            ShopJson.Configure(options.SerializerOptions);
            options.SerializerOptions.Converters.Add(new LineConverter());
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Random.Shared);

        // Authentication brings keys for cookies along, which no service has: that a pod keeps none is nobody's worry.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.AddTelemetry(serviceName);
        builder.Services.AddErrorHandling();
        builder.Services.AddResilientHttpClients();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

        return builder;
    }

    /// <summary>
    /// Turns every failure into problem details, checks tokens, and maps the endpoints that each service has:
    /// <c>/health</c> (ready for requests), <c>/alive</c> (need not be restarted) and <c>/openapi/v1.json</c>.
    /// Call it before the service maps its own.
    /// </summary>
    /// <param name="useOnceAuthenticated">Adds what has to know who asks, and runs before anybody is refused.</param>
    public static WebApplication UseServiceDefaults(
        this WebApplication app,
        Action<IApplicationBuilder>? useOnceAuthenticated = null
    )
    {
        var checksTokens = app.Services.GetService<AccessTokenMarker>() is not null;
        // The gateway passes requests on as they are, and it is for the services to understand them.
        var understands = app.Services.GetRequiredService<ServiceIdentity>().Name != ServiceNames.Gateway;

        app.UseErrorHandling();
        if (understands)
        {
            app.UseHeadRequests();
        }

        app.UseRouting();
        if (checksTokens)
        {
            app.UseAuthentication();
        }

        useOnceAuthenticated?.Invoke(app);
        app.UseRoutingRefusals();
        if (checksTokens)
        {
            app.UseAuthorization();
        }

        if (understands)
        {
            app.UseBodyCharsets();
            app.UseCleanRequests();
        }

        app.MapHealthChecks("/health").AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .AllowAnonymous()
            .DisableHttpMetrics();
        if (app.Services.GetService<OpenApiMarker>() is not null)
        {
            // That of the internal endpoints is for the tests: nobody is served it.
            app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        }

        return app;
    }

    /// <summary>
    /// Adds the service's OpenAPI documents, with the access token as their security scheme: one of its API, one of its internal endpoints.
    /// </summary>
    /// <param name="title">The document's title.</param>
    public static WebApplicationBuilder AddShopOpenApi(this WebApplicationBuilder builder, string title)
    {
        builder.Services.AddSingleton<OpenApiMarker>();
        builder.Services.AddOpenApi(options => ShopOpenApi.Configure(options, title));
        builder.Services.AddOpenApi(
            InternalDocument,
            options =>
            {
                ShopOpenApi.Configure(options, $"{title}, for the other services");
                options.ShouldInclude = endpoint => endpoint.GroupName == InternalDocument;
            }
        );
        return builder;
    }

    /// <summary>Maps the group of endpoints that only other services may call: it is never routed by the gateway.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder app) =>
        app.MapGroup(ServiceTokens.Path).RequireAuthorization(Policies.Service).WithGroupName(InternalDocument);

    private sealed class OpenApiMarker;
}

/// <summary>The services by the names under which they find each other.</summary>
public static class ServiceNames
{
    /// <summary>The only API door.</summary>
    public const string Gateway = "gateway-svc";

    /// <summary>Accounts, sign-in, tokens.</summary>
    public const string Users = "user-svc";

    /// <summary>Catalogue and stock.</summary>
    public const string Products = "product-svc";

    /// <summary>Orders and their life cycle.</summary>
    public const string Orders = "order-svc";

    /// <summary>Payments and refunds.</summary>
    public const string Payments = "payment-svc";
}

/// <summary>Who this service is among the others.</summary>
/// <param name="Name">One of <see cref="ServiceNames"/>.</param>
public sealed record ServiceIdentity(string Name);
