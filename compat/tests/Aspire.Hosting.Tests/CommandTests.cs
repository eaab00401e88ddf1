using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _port;
    private readonly IDistributedApplicationBuilder _builder = TestModel.Run();
    private readonly IResourceBuilder<ContainerResource> _service;

    public CommandTests()
    {
        _port = FindFreePort();
        _listener.Prefixes.Add($"http://localhost:{_port}/");
        _listener.Start();
        _service = _builder.AddContainer("service", "image").WithHttpEndpoint(targetPort: 8080, name: "http");
        _service.GetEndpoint("http").Allocate(_port);
    }

    public void Dispose() => _listener.Close();

    [Fact]
    public async Task Sends_what_the_command_says()
    {
        _service.WithHttpCommand(
            "/faults?x=1",
            "Fault",
            commandName: "fault",
            commandOptions: new HttpCommandOptions
            {
                Method = HttpMethod.Put,
                PrepareRequest = context =>
                {
                    context.Request.Content = new StringContent("body");
                    return Task.CompletedTask;
                },
            }
        );

        var (result, request) = await ExecuteAsync("fault", status: 204);

        Assert.True(result.Success, result.Message);
        Assert.Equal("PUT /faults?x=1 body", request);
    }

    [Fact]
    public async Task Posts_by_default_and_fails_with_the_answer()
    {
        _service.WithHttpCommand("/faults", "Fault", commandName: "fault");

        var (result, request) = await ExecuteAsync("fault", status: 500);

        Assert.Equal("POST /faults ", request);
        Assert.False(result.Success);
        Assert.Contains("500", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_nobody_answers()
    {
        _service.WithHttpCommand("/faults", "Fault", commandName: "fault");
        _listener.Close();
        await using var application = _builder.Build();

        var result = await application
            .Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(_service.Resource, "fault");

        Assert.False(result.Success);
    }

    [Fact]
    public void The_last_command_of_a_name_wins()
    {
        _service
            .WithCommand("same", "First", _ => Task.FromResult(CommandResults.Success()))
            .WithCommand("other", "Other", _ => Task.FromResult(CommandResults.Success()))
            .WithCommand("same", "Second", _ => Task.FromResult(CommandResults.Success()));

        Assert.Equal(
            ["Other", "Second"],
            _service.Resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.DisplayName)
        );
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, ResourceCommandState.Enabled)]
    [InlineData(HealthStatus.Unhealthy, ResourceCommandState.Disabled)]
    public async Task Is_enabled_while_the_resource_is_healthy(HealthStatus health, ResourceCommandState expected)
    {
        _builder.Services.AddHealthChecks();
        _service.WithHealthCheck("check").WithHttpCommand("/faults", "Fault", commandName: "fault");
        await using var application = _builder.Build();
        await application.ResourceNotifications.PublishUpdateAsync(
            _service.Resource,
            snapshot =>
                snapshot with
                {
                    State = KnownResourceStates.Running,
                    HealthReports = [new HealthReportSnapshot("check", health, null, null)],
                }
        );

        Assert.True(application.ResourceNotifications.TryGetCurrentState("service", out var current));
        Assert.Equal(expected, current.Snapshot.Commands.Single(command => command.Name == "fault").State);
    }

    private async Task<(ExecuteCommandResult Result, string Request)> ExecuteAsync(string command, int status)
    {
        await using var application = _builder.Build();
        var executing = application
            .Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(_service.Resource, command);

        var context = await _listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(context.Request.InputStream);
        var request = $"{context.Request.HttpMethod} {context.Request.RawUrl} {await reader.ReadToEndAsync()}";
        context.Response.StatusCode = status;
        context.Response.Close();
        return (await executing, request);
    }

    private static int FindFreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
