using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_dead_service_is_unavailable_at_once_and_the_others_go_on()
    {
        await using var gateway = new GatewayFactory();
        gateway.UseService(ServiceNames.Orders, new Uri($"http://127.0.0.1:{FreePort()}"));
        await gateway.InitializeAsync();
        var client = gateway.CreateClientFor(1);

        var started = Stopwatch.GetTimestamp();
        var answer = await client.GetAsync("/api/orders");

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
        await client.GetAsync("/api/products").JsonAsync();
    }

    [Fact]
    public async Task A_service_that_accepts_and_says_nothing_is_unavailable_too_and_soon_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var gateway = new GatewayFactory();
        gateway.UseService(ServiceNames.Orders, new Uri($"http://{listener.LocalEndpoint}"));
        await gateway.InitializeAsync();
        var client = gateway.CreateClientFor(1);

        // The first request may find it out the hard way; once the service has failed a health check, none does.
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 5 && fastest > TimeSpan.FromSeconds(1); i++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.GetAsync("/api/orders").ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
            var took = Stopwatch.GetElapsedTime(started);
            Assert.True(took < TimeSpan.FromSeconds(8), $"A request hung for {took}.");
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(
            fastest < TimeSpan.FromSeconds(1),
            $"No request was turned away at once; the fastest took {fastest}."
        );
    }

    [Fact]
    public async Task A_payment_may_take_longer_than_anything_else()
    {
        await using var gateway = new GatewayFactory();
        await gateway.InitializeAsync();
        var client = gateway.CreateClientFor(1);

        var order = client.PostAsync("/api/orders?wait=00:00:05", null);
        var payment = client.PostAsync("/api/payments/confirm?wait=00:00:05", null);

        await order.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        await payment.JsonAsync();
    }

    [Fact]
    public async Task A_client_that_gives_up_is_no_failure()
    {
        await using var gateway = new GatewayFactory();
        await gateway.InitializeAsync();
        using var durations = new MetricCollector<double>(
            gateway.Services.GetRequiredService<IMeterFactory>(),
            "Microsoft.AspNetCore.Hosting",
            "http.server.request.duration"
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            gateway.CreateClientFor(1).GetAsync("/api/orders?wait=00:00:02.5", patience.Token)
        );

        await durations.WaitForMeasurementsAsync(1, TimeSpan.FromSeconds(10));
        var measured = Assert.Single(durations.GetMeasurementSnapshot());
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, measured.Tags["http.response.status_code"]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
