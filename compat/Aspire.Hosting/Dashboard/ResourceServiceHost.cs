using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the resource service must know of the application.</summary>
/// <param name="ApplicationName">How the dashboard titles itself.</param>
/// <param name="Stopping">Ends every stream.</param>
internal sealed record ResourceServiceContext(string ApplicationName, CancellationToken Stopping);

/// <summary>The server that the dashboard asks about the resources: gRPC without TLS, on the loopback address only.</summary>
internal sealed class ResourceServiceHost : IAsyncDisposable
{
    public const string ApiKeyHeader = "x-resource-service-api-key";

    private readonly WebApplication _server;
    private readonly CancellationTokenSource _stopping;
    private readonly Task _feeding;

    private ResourceServiceHost(WebApplication server, CancellationTokenSource stopping, Task feeding)
    {
        _server = server;
        _stopping = stopping;
        _feeding = feeding;
        Url = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <param name="applicationName">How the dashboard titles itself.</param>
    /// <param name="port">The port, or 0 for any.</param>
    /// <param name="apiKey">What a caller must show.</param>
    /// <param name="mask">Hides secrets in what is shown.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ResourceServiceHost> StartAsync(
        string applicationName,
        int port,
        string apiKey,
        Func<string, string> mask,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var stopping = new CancellationTokenSource();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var feed = new ResourceFeed(loggers.CreateLogger<ResourceFeed>());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Of "localhost", Kestrel lets the system choose no port.
            if (port == 0)
            {
                kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            }
            else
            {
                kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2);
            }
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(services.GetRequiredService<ResourceLoggerService>());
        builder.Services.AddSingleton(services.GetRequiredService<ResourceCommandService>());
        builder.Services.AddSingleton(feed);
        builder.Services.AddSingleton(new ResourceServiceContext(applicationName, stopping.Token));
        builder.Services.AddRouting();
        builder.Services.AddGrpc();

        var server = builder.Build();
        var expected = Encoding.UTF8.GetBytes(apiKey);
        server.Use(
            (context, next) =>
            {
                var shown = Encoding.UTF8.GetBytes(context.Request.Headers[ApiKeyHeader].ToString());
                if (CryptographicOperations.FixedTimeEquals(shown, expected))
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }
        );
        server.UseRouting();
        server.MapGrpcService<ResourceServiceApi>();
        await server.StartAsync(cancellationToken).ConfigureAwait(false);

        var feeding = feed.RunAsync(services.GetRequiredService<ResourceNotificationService>(), mask, stopping.Token);
        return new ResourceServiceHost(server, stopping, feeding);
    }

    /// <summary>Ends the streams first: Kestrel would wait half a minute for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _feeding.ConfigureAwait(false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(limit.Token).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }
}
