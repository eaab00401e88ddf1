using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Runtime.Tests;

public sealed class OrchestrationTests
{
    [Fact]
    public async Task A_resource_waits_until_the_server_it_needs_is_healthy()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddResource(Shell.Server("server", Http())).Resource;
            AddHealthCheck(builder, server);
            builder.AddResource(
                Shell.Command(
                    "client",
                    "echo at last; sleep 1000",
                    new WaitAnnotation(server, WaitType.WaitUntilHealthy)
                )
            );
        });

        await application.WaitForAsync(
            "server",
            snapshot =>
                snapshot.HealthStatus == HealthStatus.Unhealthy
                && snapshot.HealthReports.All(report => report.LastRunAt is not null)
        );
        await application.WaitForStateAsync("client", KnownResourceStates.Waiting);
        using var http = new HttpClient();
        var url = ((IResourceWithEndpoints)application.ResourceNamed("server")).GetEndpoint("http").Url;
        await PostAsync(http, new Uri($"{url}/recover"), application.Limit);

        await application.WaitForLogAsync("client", "at last");
    }

    [Fact]
    public async Task A_resource_waits_until_the_job_before_it_is_done_and_fails_with_it()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var good = builder.AddResource(Shell.Command("good", "exit 0")).Resource;
            var bad = builder.AddResource(Shell.Command("bad", "exit 5")).Resource;
            builder.AddResource(
                Shell.Command("after-good", "sleep 1000", new WaitAnnotation(good, WaitType.WaitForCompletion))
            );
            builder.AddResource(
                Shell.Command("after-bad", "sleep 1000", new WaitAnnotation(bad, WaitType.WaitForCompletion))
            );
        });

        await application.WaitForStateAsync("after-good", KnownResourceStates.Running);
        var failed = await application.WaitForStateAsync("after-bad", KnownResourceStates.FailedToStart);

        Assert.Null(failed.Snapshot.StartTimeStamp);
        await application.WaitForLogAsync("after-bad", "exit code is 5");
    }

    [Fact]
    public async Task A_resource_is_stopped_started_and_restarted_by_command()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddResource(Shell.Command("sleeper", "sleep 1000"))
        );
        var first = await application.WaitForStateAsync("sleeper", KnownResourceStates.Running);

        Assert.True((await application.ExecuteAsync("sleeper", KnownResourceCommands.StopCommand)).Success);
        await application.WaitForStateAsync("sleeper", KnownResourceStates.Finished);
        Assert.True((await application.ExecuteAsync("sleeper", KnownResourceCommands.StartCommand)).Success);
        var second = await application.WaitForStateAsync("sleeper", KnownResourceStates.Running);
        Assert.True((await application.ExecuteAsync("sleeper", KnownResourceCommands.RestartCommand)).Success);
        var third = await application.WaitForAsync(
            "sleeper",
            snapshot => snapshot.State?.Text == KnownResourceStates.Running && PidOf(snapshot) != PidOf(second.Snapshot)
        );

        Assert.Distinct([PidOf(first.Snapshot), PidOf(second.Snapshot), PidOf(third.Snapshot)]);
    }

    [Fact]
    public async Task A_server_that_is_killed_has_ended_and_works_again_at_its_address_once_started()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddResource(Shell.Server("server", Http())).Resource;
            AddHealthCheck(builder, server);
            builder.AddResource(
                Shell.Command("client", "sleep 1000", new WaitAnnotation(server, WaitType.WaitUntilHealthy))
            );
        });
        using var http = new HttpClient();
        var url = ((IResourceWithEndpoints)application.ResourceNamed("server")).GetEndpoint("http").Url;
        await application.WaitForStateAsync("server", KnownResourceStates.Running);
        await PostAsync(http, new Uri($"{url}/recover"), application.Limit);
        var client = await application.WaitForStateAsync("client", KnownResourceStates.Running);
        var running = await application.WaitForAsync(
            "server",
            snapshot => snapshot.HealthStatus == HealthStatus.Healthy
        );

        using (
            var process = Process.GetProcessById(Convert.ToInt32(PidOf(running.Snapshot), CultureInfo.InvariantCulture))
        )
        {
            process.Kill(entireProcessTree: true);
        }

        var gone = await application.WaitForAsync(
            "server",
            snapshot => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text)
        );
        Assert.Null(gone.Snapshot.HealthStatus);
        Assert.NotNull(gone.Snapshot.StopTimeStamp);
        Assert.NotNull(gone.Snapshot.ExitCode);
        Assert.NotEqual(0, gone.Snapshot.ExitCode);

        Assert.True((await application.ExecuteAsync("server", KnownResourceCommands.StartCommand)).Success);
        var started = await application.WaitForStateAsync("server", KnownResourceStates.Running);
        Assert.Null(started.Snapshot.ExitCode);
        Assert.NotEqual(PidOf(running.Snapshot), PidOf(started.Snapshot));
        await PostAsync(http, new Uri($"{url}/recover"), application.Limit);
        await application.Notifications.WaitForResourceHealthyAsync("server", application.Limit);
        Assert.True(application.Notifications.TryGetCurrentState("client", out var undisturbed));
        Assert.Equal(PidOf(client.Snapshot), PidOf(undisturbed.Snapshot));
        Assert.Equal(KnownResourceStates.Running, undisturbed.Snapshot.State?.Text);
    }

    [Fact]
    public async Task A_server_listens_on_a_port_of_its_own_behind_the_public_one()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddResource(Shell.Server("server", Http()))
        );

        await application.WaitForStateAsync("server", KnownResourceStates.Running);
        var endpoint = ((IResourceWithEndpoints)application.ResourceNamed("server")).GetEndpoint("http");
        var process = await application.WaitForAsync("server", snapshot => PortOf(snapshot) is not null);

        Assert.NotEqual(endpoint.Port, PortOf(process.Snapshot));
    }

    [Fact]
    public async Task Braces_of_the_user_reach_the_process_as_they_are()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddResource(Shell.Command("printer", "echo '{{ .Name }} and {{x}}'"))
        );

        await application.WaitForLogAsync("printer", "{{ .Name }} and {{x}}");
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_and_its_log_says_why()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddResource(new ExecutableResource("ghost", "no-such-program-anywhere", AppContext.BaseDirectory))
        );

        await application.WaitForStateAsync("ghost", KnownResourceStates.FailedToStart);
        await application.WaitForLogAsync("ghost", "no-such-program-anywhere");
    }

    [Fact]
    public async Task A_taken_port_is_reported_with_its_holder()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            TestApplication.StartAsync(builder =>
            {
                builder.Configuration["DcpPublisher:RandomizePorts"] = "false";
                builder.AddResource(Shell.Server("server", Http(port)));
            })
        );

        Assert.Contains($"Port {port}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'http' of 'server'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"pid {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
        }
    }

    private static EndpointAnnotation Http(int? port = null) =>
        new(ProtocolType.Tcp, uriScheme: "http", name: "http", port: port);

    private static int? PortOf(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.Resource.AppArgs)?.Value
            is IReadOnlyList<string> { Count: > 0 } args
        && int.TryParse(args[^1], CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    private static object? PidOf(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.Single(property => property.Name == KnownProperties.Executable.Pid).Value;

    private static void AddHealthCheck(IDistributedApplicationBuilder builder, ExecutableResource server)
    {
        const string key = "server_check";
        server.Annotations.Add(new HealthCheckAnnotation(key));
        builder
            .Services.AddHealthChecks()
            .AddAsyncCheck(
                key,
                async cancellationToken =>
                {
                    using var http = new HttpClient();
                    using var response = await http.GetAsync(
                        new Uri($"{server.GetEndpoint("http").Url}/health"),
                        cancellationToken
                    );
                    return response.IsSuccessStatusCode ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
                }
            );
    }

    /// <summary>The server may not listen yet; it will.</summary>
    private static async Task PostAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var response = await http.PostAsync(url, null, cancellationToken);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
