using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Grpc;
using Aspire.Hosting.Orchestration;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Runtime.Tests;

/// <summary>Asks the resource service as the dashboard does.</summary>
public sealed class ResourceServiceTests : IAsyncLifetime
{
    private const string ApiKey = "test-key";

    private TestApplication _application = null!;
    private ResourceServiceHost _service = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _application = await TestApplication.StartAsync(builder =>
        {
            var secret = new ParameterResource("password", _ => "swordfish", secret: true);
            builder.AddResource(secret);
            var talker = Shell.Command("talker", "echo spoken; sleep 1000");
            talker.Annotations.Add(
                new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables["PASSWORD"] = secret)
            );
            builder.AddResource(talker);
        });
        _service = await ResourceServiceHost.StartAsync(
            "test",
            port: 0,
            ApiKey,
            _application.Application.Services.GetRequiredService<SecretMask>().Apply,
            _application.Application.Services,
            _application.Limit
        );
        _channel = GrpcChannel.ForAddress(_service.Url);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_key_nothing_is_told()
    {
        var call = _channel
            .CreateCallInvoker()
            .AsyncUnaryCall(
                Unary<ApplicationInformationRequest, ApplicationInformationResponse>("GetApplicationInformation"),
                null,
                new CallOptions(cancellationToken: _application.Limit),
                new ApplicationInformationRequest()
            );

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
    }

    [Fact]
    public async Task Resources_are_watched_their_secrets_masked_and_their_commands_executed()
    {
        using var watch = Watch();
        var running = await NextAsync(watch, resource => resource.State == "Running");

        var password = Assert.Single(running.Environment, variable => variable.Name == "PASSWORD");
        Assert.DoesNotContain("swordfish", password.Value, StringComparison.Ordinal);
        Assert.Equal("talker", running.DisplayName);
        Assert.NotEqual("talker", running.Name);

        var response = await _channel
            .CreateCallInvoker()
            .AsyncUnaryCall(
                Unary<ResourceCommandRequest, ResourceCommandResponse>("ExecuteResourceCommand"),
                null,
                Options,
                new ResourceCommandRequest
                {
                    ResourceName = running.Name,
                    ResourceType = running.ResourceType,
                    CommandName = "stop",
                }
            );

        Assert.Equal(ResourceCommandResponseKind.Succeeded, response.Kind);
        await NextAsync(watch, resource => resource.State == "Finished");
    }

    [Fact]
    public async Task The_log_of_a_resource_is_streamed()
    {
        using var watch = Watch();
        var running = await NextAsync(watch, resource => resource.State == "Running");
        using var log = _channel
            .CreateCallInvoker()
            .AsyncServerStreamingCall(
                Streaming<WatchResourceConsoleLogsRequest, WatchResourceConsoleLogsUpdate>("WatchResourceConsoleLogs"),
                null,
                Options,
                new WatchResourceConsoleLogsRequest { ResourceName = running.Name }
            );

        while (await log.ResponseStream.MoveNext(_application.Limit))
        {
            if (
                log.ResponseStream.Current.LogLines.Any(line => line.Text.EndsWith(" spoken", StringComparison.Ordinal))
            )
            {
                return;
            }
        }

        Assert.Fail("The log ended too soon.");
    }

    private CallOptions Options =>
        new(
            headers: new Metadata { { ResourceServiceHost.ApiKeyHeader, ApiKey } },
            cancellationToken: _application.Limit
        );

    private AsyncServerStreamingCall<WatchResourcesUpdate> Watch() =>
        _channel
            .CreateCallInvoker()
            .AsyncServerStreamingCall(
                Streaming<WatchResourcesRequest, WatchResourcesUpdate>("WatchResources"),
                null,
                Options,
                new WatchResourcesRequest()
            );

    private async Task<Dashboard.Grpc.Resource> NextAsync(
        AsyncServerStreamingCall<WatchResourcesUpdate> watch,
        Func<Dashboard.Grpc.Resource, bool> condition
    )
    {
        while (await watch.ResponseStream.MoveNext(_application.Limit))
        {
            var update = watch.ResponseStream.Current;
            var resources = update.InitialData is { } initial
                ? initial.Resources
                : update.Changes.Value.Select(change => change.Upsert);
            if (
                resources.FirstOrDefault(resource => resource.DisplayName == "talker" && condition(resource)) is
                { } found
            )
            {
                return found;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private static Method<TRequest, TResponse> Unary<TRequest, TResponse>(string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => Create<TRequest, TResponse>(MethodType.Unary, name);

    private static Method<TRequest, TResponse> Streaming<TRequest, TResponse>(string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Create<TRequest, TResponse>(MethodType.ServerStreaming, name);

    private static Method<TRequest, TResponse> Create<TRequest, TResponse>(MethodType type, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(type, "aspire.v1.DashboardService", name, Marshaller<TRequest>(), Marshaller<TResponse>());

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new() =>
        Marshallers.Create(message => message.ToByteArray(), new MessageParser<T>(() => new T()).ParseFrom);
}
