using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Telemetry;

[Collection(SpanCollection.Name)]
public class TelemetryTests
{
    /// <summary>Everything that a request to a database passes; MySqlConnector's spans are added by Aspire's package.</summary>
    private static readonly string[] s_sources =
    [
        "Microsoft.AspNetCore",
        "System.Net.Http",
        "MySqlConnector",
        "MsaShop.Tests",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Telemetry_is_made_where_somebody_collects_it(bool isCollected)
    {
        var services = default(IServiceCollection);
        await using var app = await StartAsync(
            builder => services = builder.Services,
            isCollected ? [Spans.Collector] : []
        );

        Assert.All(
            s_sources,
            name =>
            {
                using var source = new ActivitySource(name);
                Assert.Equal(isCollected, source.HasListeners());
            }
        );
        Assert.Equal(
            isCollected,
            services!.Any(service =>
                service.ServiceType == typeof(ILoggerProvider)
                && service.ImplementationType?.FullName?.Contains("OpenTelemetry", StringComparison.Ordinal) != false
            )
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_went_wrong_is_found_in_the_log_whether_somebody_traces_or_not(bool isCollected)
    {
        var logs = new FakeLogCollector();
        await using var app = await StartAsync(
            builder => builder.Logging.AddProvider(new FakeLoggerProvider(logs)),
            isCollected ? [Spans.Collector] : []
        );
        app.MapGet("/fail", string () => throw new InvalidOperationException("As it should."));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var problem = await client.GetAsync("/fail").ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");

        var line = Assert.Single(
            logs.GetSnapshot(),
            record => record.Category!.EndsWith("ShopExceptionHandler", StringComparison.Ordinal)
        );
        Assert.Contains(problem.GetProperty("traceId").GetString()!, line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Being_asked_for_its_health_leaves_no_trace(string path)
    {
        using var spans = new Spans();
        await using var app = await StartAsync(spans.AddTo, Spans.Collector);
        // Whoever asks is outside, and has no trace of their own.
        using var outside = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(outside) { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("Healthy", await client.GetStringAsync(path));
        await app.StopAsync();

        Assert.Empty(spans.All);
    }

    [Fact]
    public async Task Untraced_work_leaves_none_in_the_service_that_it_calls_either()
    {
        using var spans = new Spans();
        await using var app = await StartAsync(spans.AddTo, Spans.Collector);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var source = new ActivitySource("MsaShop.Tests");
        using (var outside = source.StartActivity("outside"))
        {
            using (ServiceDefaults.Telemetry.Untraced.Begin())
            {
                await client.GetStringAsync("/count");
                Assert.Null(source.StartActivity("inside"));
            }

            Assert.Same(outside, Activity.Current);
            Assert.Empty(spans.All);

            await client.GetStringAsync("/count");
        }

        await app.StopAsync();
        // The call's two sides, what the service asked of its database, and this.
        Assert.Single(spans.All.Select(span => span.TraceId).Distinct());
        Assert.Contains(spans.All, span => span.Kind == ActivityKind.Server);
        Assert.Contains(spans.All, span => span.Source.Name == "System.Net.Http");
        Assert.Contains(spans.All, span => span.Source.Name == "MySqlConnector");
    }

    private static async Task<WebApplication> StartAsync(
        Action<WebApplicationBuilder> configure,
        params (string Key, string Value)[] settings
    )
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Configuration["ConnectionStrings:emptydb"] = await MySqlServer.CreateDatabaseAsync();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults("empty-svc");
        builder.AddMySqlDbContext<EmptyDbContext>("emptydb");
        configure(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGet(
            "/count",
            (EmptyDbContext database) => database.Database.SqlQuery<int>($"SELECT 1 AS Value").SingleAsync()
        );
        await app.StartAsync();
        return app;
    }

    private sealed class EmptyDbContext(DbContextOptions<EmptyDbContext> options) : DbContext(options);
}
