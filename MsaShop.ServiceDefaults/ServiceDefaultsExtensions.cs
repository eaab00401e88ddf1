using System.Globalization;
using Microsoft.AspNetCore.Authentication;
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

/// <summary>Sets up what every service of the shop has.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";

    /// <summary>The name of the OpenAPI document of the internal endpoints.</summary>
    public const string InternalDocument = "internal";

    /// <summary>The default limit on a request body, in bytes; larger bodies get 413.</summary>
    public const long MaxRequestBodySize = 1024 * 1024;

    /// <summary>Adds telemetry, health checks, resilient HTTP clients, problem details and the shop's JSON.</summary>
    /// <param name="serviceName">The service's name, from <see cref="ServiceNames"/>.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string serviceName)
        where TBuilder : IHostApplicationBuilder
    {
        ShopText.EnsureNormalizes();
        // Makes output independent of the machine's culture.
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

        // Authentication brings data-protection keys for cookies, which no service uses; warnings that they are not
        // persisted are noise.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.AddTelemetry(serviceName);
        builder.AddErrorHandling();
        builder.AddResilientHttpClients();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

        return builder;
    }

    /// <summary>
    /// Turns failures into problem details, checks tokens, and maps the endpoints of every service: <c>/health</c>
    /// (ready for requests), <c>/alive</c> (need not be restarted) and <c>/openapi/v1.json</c>. Call it before mapping
    /// the service's own.
    /// </summary>
    /// <param name="useOnceAuthenticated">Adds middleware that needs the user and runs before any refusal.</param>
    public static WebApplication UseServiceDefaults(
        this WebApplication app,
        Action<IApplicationBuilder>? useOnceAuthenticated = null
    )
    {
        var checksTokens = app.Services.GetService<IAuthenticationSchemeProvider>() is not null;
        // The gateway forwards requests unchanged; understanding them is the services' job.
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
            // The internal document is for the tests only and is never served.
            app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        }

        return app;
    }

    /// <summary>
    /// Adds the OpenAPI documents, one for the service's API and one for its internal endpoints, with the access token
    /// as their security scheme.
    /// </summary>
    /// <param name="title">The title of the API's document.</param>
    public static TBuilder AddShopOpenApi<TBuilder>(this TBuilder builder, string title)
        where TBuilder : IHostApplicationBuilder
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

    /// <summary>Maps the group of endpoints that only other services may call; the gateway never routes them.</summary>
    public static RouteGroupBuilder MapInternal(this IEndpointRouteBuilder app) =>
        app.MapGroup(ServiceTokens.Path).RequireAuthorization(Policies.Service).WithGroupName(InternalDocument);

    private sealed class OpenApiMarker;
}

/// <summary>The services' names, by which they find each other.</summary>
public static class ServiceNames
{
    /// <summary>The only entry to the API.</summary>
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

/// <summary>This service's own name.</summary>
/// <param name="Name">A name from <see cref="ServiceNames"/>.</param>
public sealed record ServiceIdentity(string Name);
