using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace MsaShop.Testing;

/// <summary>
/// Another service, as far as the one under test can tell: a few endpoints on a real port, which the test decides about.
/// </summary>
public sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubService(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts a stub on a free port, with an <c>/alive</c> endpoint like every service's.</summary>
    /// <param name="map">Maps its endpoints.</param>
    public static async Task<StubService> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/alive", () => "Healthy");
        map(app);
        await app.StartAsync();
        return new StubService(app);
    }

    /// <summary>Stops it: its port refuses connections from then on.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
