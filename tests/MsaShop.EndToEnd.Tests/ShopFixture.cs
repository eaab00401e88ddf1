using System.Globalization;
using System.Net;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.EndToEnd.Tests.Ledgers;
using MsaShop.EndToEnd.Tests.Payments;
using MsaShop.EndToEnd.Tests.Storefront;
using MsaShop.EndToEnd.Tests.Telemetry;

namespace MsaShop.EndToEnd.Tests;

/// <summary>The whole shop, started once for all tests, as F5 starts it: only its data is thrown away afterwards.</summary>
public class ShopFixture : IAsyncLifetime
{
    public const string AdminPassword = "Admin-for-tests-1";

    /// <summary>Whatever else there is: nothing has to be pulled, and processes can be killed and stopped one by one.</summary>
    private const string DatabaseProcesses = "--Shop:Database=process";

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(60);

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("msa-shop-e2e-").FullName;
    private DistributedApplication? _app;
    private ShopClient? _admin;
    private CallGraph? _calls;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The shop has not started.");

    public ShopDatabases Databases => new(App);

    public TossSimulator Toss => new(App);

    public OtlpReceiver Telemetry { get; } = new();

    public virtual async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(s_startLimit);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MsaShop_AppHost>(
            [
                $"--Shop:DataDirectory={_dataDirectory}",
                $"--Parameters:admin-password={AdminPassword}",
                DatabaseProcesses,
            ],
            limit.Token
        );

        // All tests come from one address, far more often than a shopper would.
        builder
            .CreateResourceBuilder<ProjectResource>("gateway-svc")
            .WithEnvironment("RateLimits__General__Permits", "100000")
            .WithEnvironment("RateLimits__SignIn__Permits", "100000")
            .WithEnvironment("RateLimits__SignInAddress__Permits", "100000")
            .WithEnvironment("RateLimits__Confirm__Permits", "100000")
            .WithEnvironment("RateLimits__Webhooks__Permits", "100000");

        // And a few accounts order what many shoppers would.
        builder
            .CreateResourceBuilder<ProjectResource>("order-svc")
            .WithEnvironment("ShopperLimits__UnpaidOrders", "10000")
            .WithEnvironment("ShopperLimits__UnpaidUnits", "100000");

        // No test is to depend on what time of the day it is.
        builder
            .CreateResourceBuilder<ProjectResource>("payment-svc")
            .WithEnvironment("Reconciliation__Nightly", "false");

        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder
                .CreateResourceBuilder(service)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Address)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "500");
        }

        // There is no dashboard: a page that sent its traces would be told that nobody is there.
        builder
            .CreateResourceBuilder(
                builder.Resources.OfType<IResourceWithEnvironment>().Single(each => each.Name == "frontend-svc")
            )
            .WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));

        // Longer than all tests together, so that sessions do not expire.
        builder
            .CreateResourceBuilder<ProjectResource>("user-svc")
            .WithEnvironment("AccessTokens__Lifetime", "06:00:00");

        Configure(builder);

        _app = await builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        try
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(Last, limit.Token);
        }
        catch (Exception exception) when (exception is DistributedApplicationException or OperationCanceledException)
        {
            throw new InvalidOperationException(await DescribeAsync(_app), exception);
        }

        _calls = new CallGraph(_app);
    }

    /// <summary>The resource that starts last: the storefront waits for the gateway, and the gateway for every service.</summary>
    protected virtual string Last => "frontend-svc";

    /// <summary>How long a client waits for an answer.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(100);

    /// <summary>The state of every resource, and what those that failed have said last.</summary>
    private static async Task<string> DescribeAsync(DistributedApplication app)
    {
        const int lines = 15;
        var logs = app.Services.GetRequiredService<ResourceLoggerService>();
        var text = new StringBuilder("The shop does not start.");
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            if (
                !app.ResourceNotifications.TryGetCurrentState(resource.Name, out var current)
                || current.Snapshot is not { State.Text: var state } snapshot
            )
            {
                continue;
            }

            text.AppendLine()
                .Append(CultureInfo.InvariantCulture, $"{resource.Name}: {state}, {snapshot.HealthStatus}");
            if (state is "FailedToStart" || snapshot.ExitCode is not (null or 0))
            {
                var last = new List<string>();
                await foreach (var batch in logs.GetAllAsync(resource))
                {
                    last.AddRange(batch.Select(line => line.Content));
                }

                last.TakeLast(lines).ToList().ForEach(line => text.AppendLine().Append("    ").Append(line));
            }
        }

        return text.ToString();
    }

    /// <summary>Changes the shop before it is built.</summary>
    protected virtual void Configure(IDistributedApplicationTestingBuilder builder) { }

    /// <summary>A client of the gateway that is not signed in and keeps cookies, like a browser of its own.</summary>
    public ShopClient NewClient() =>
        new(
            new HttpClient(new SocketsHttpHandler { UseCookies = true })
            {
                BaseAddress = App.GetEndpoint("gateway-svc", "http"),
                Timeout = Patience,
            }
        );

    /// <summary>Somebody who may do everything.</summary>
    public async Task<ShopClient> AdminAsync() => _admin ??= await NewClient().LogInAsAdminAsync();

    /// <summary>Adds a product that no other test sells.</summary>
    public async Task<long> NewProductAsync(int stock, decimal price = 12_000, string? name = null)
    {
        var admin = await AdminAsync();
        name ??= $"Test {Guid.NewGuid():N}"[..20];
        var created = await ShopClient.WhenOpenAsync(() =>
            admin.SendAsync(
                HttpMethod.Post,
                "/api/products",
                new
                {
                    name,
                    price,
                    stock,
                    category = "Tests",
                }
            )
        );
        Assert.True(created.Status == HttpStatusCode.Created, $"No product: {created}");
        return created.Body.GetProperty("id").GetInt64();
    }

    /// <summary>How many of a product there are.</summary>
    public async Task<int> StockOfAsync(long productId)
    {
        using var client = NewClient();
        return (await client.GetAsync($"/api/products/{productId}")).Body.GetProperty("stock").GetInt32();
    }

    /// <summary>Every call within the shop that a trace has shown so far.</summary>
    public IReadOnlySet<Call> Calls() =>
        _calls?.CallsIn(Telemetry.Spans) ?? throw new InvalidOperationException("The shop has not started.");

    /// <summary>Waits until nothing is left to do anywhere in the shop, and checks its books.</summary>
    /// <param name="limit">The longest to wait; a minute by default.</param>
    public Task SettleAndCheckAsync(TimeSpan? limit = null) =>
        new Auditor(Databases, Toss).SettleAndCheckAsync(limit ?? s_settleLimit);

    /// <summary>Waits until nothing is left to do anywhere in the shop.</summary>
    public Task SettleAsync() => new Auditor(Databases, Toss).SettleAsync(s_settleLimit);

    public virtual async Task DisposeAsync()
    {
        _admin?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Telemetry.Dispose();
        Directory.Delete(_dataDirectory, recursive: true);

        // What stops hands over its last spans: whatever the tests made the services call is there now.
        if (_calls is not null)
        {
            var forbidden = Calls().Except(Reachability.OfTheCluster.Allowed).ToList();
            Assert.True(
                forbidden.Count == 0,
                $"In the cluster no policy would let through: {string.Join(", ", forbidden)}."
            );
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ShopCollection : ICollectionFixture<ShopFixture>, ICollectionFixture<StorefrontFixture>
{
    public const string Name = "the running shop";
}
