using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace MsaShop.EndToEnd.Tests;

/// <summary>The whole shop, started once for all tests, as F5 starts it: only its data is thrown away afterwards.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    public const string AdminPassword = "Admin-for-tests-1";

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("msa-shop-e2e-").FullName;
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The shop has not started.");

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(s_startLimit);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MsaShop_AppHost>(
            [$"--Shop:DataDirectory={_dataDirectory}", $"--Parameters:admin-password={AdminPassword}"],
            limit.Token
        );

        // All tests come from one address, far more often than a shopper would.
        builder
            .CreateResourceBuilder<ProjectResource>("gateway-svc")
            .WithEnvironment("RateLimits__General__Permits", "100000")
            .WithEnvironment("RateLimits__SignIn__Permits", "100000");

        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        // The storefront waits for the gateway, and the gateway for every service.
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("frontend-svc", limit.Token);
    }

    /// <summary>A client of the gateway that is not signed in and keeps cookies, like a browser of its own.</summary>
    public ShopClient NewClient() =>
        new(
            new HttpClient(new SocketsHttpHandler { UseCookies = true })
            {
                BaseAddress = App.GetEndpoint("gateway-svc", "http"),
            }
        );

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_dataDirectory, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class ShopCollection : ICollectionFixture<ShopFixture>
{
    public const string Name = "the running shop";
}
