using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Runtime.Tests;

/// <summary>An application of a few real processes, without a dashboard and with ports of its own.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    private TestApplication(DistributedApplication application)
    {
        Application = application;
    }

    public DistributedApplication Application { get; }

    public CancellationToken Limit => _limit.Token;

    public ResourceNotificationService Notifications => Application.ResourceNotifications;

    public static async Task<TestApplication> StartAsync(Action<IDistributedApplicationBuilder> configure)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { DisableDashboard = true }
        );
        builder.Configuration["DcpPublisher:RandomizePorts"] = "true";
        builder.Services.AddLogging(logging => logging.ClearProviders());
        configure(builder);
        var application = new TestApplication(builder.Build());
        try
        {
            await application.Application.StartAsync(application.Limit);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return application;
    }

    public Task<ResourceEvent> WaitForAsync(string name, Func<CustomResourceSnapshot, bool> condition) =>
        Notifications.WaitForResourceAsync(name, change => condition(change.Snapshot), Limit);

    public Task<ResourceEvent> WaitForStateAsync(string name, string state) =>
        WaitForAsync(name, snapshot => snapshot.State?.Text == state);

    public Task<ExecuteCommandResult> ExecuteAsync(string name, string command) =>
        Application.ResourceCommands.ExecuteCommandAsync(ResourceNamed(name), command, Limit);

    public IResource ResourceNamed(string name) =>
        Application
            .Services.GetRequiredService<DistributedApplicationModel>()
            .Resources.Single(resource => resource.Name == name);

    /// <summary>Reads the resource's log until a line holds the text.</summary>
    public async Task<LogLine> WaitForLogAsync(string name, string text)
    {
        var loggers = Application.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var lines in loggers.WatchAsync(ResourceNamed(name)).WithCancellation(Limit))
        {
            foreach (var line in lines)
            {
                if (line.Content.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }

        throw new InvalidOperationException($"The log of {name} ended without '{text}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync(CancellationToken.None);
        await Application.DisposeAsync();
        _limit.Dispose();
    }
}
