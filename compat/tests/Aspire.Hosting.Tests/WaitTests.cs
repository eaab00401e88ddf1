using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Tests;

public sealed class WaitTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(30));
    private readonly DistributedApplication _application;
    private readonly IResource _database;
    private readonly IResource _migration;
    private readonly IResource _service;

    public WaitTests()
    {
        var builder = TestModel.Run();
        builder.Services.AddHealthChecks();
        var database = builder.AddContainer("database", "mysql").WithHealthCheck("database_check");
        var migration = builder.AddContainer("migration", "image").WaitFor(database);
        var service = builder.AddContainer("service", "image").WaitForCompletion(migration);
        (_database, _migration, _service) = (database.Resource, migration.Resource, service.Resource);
        _application = builder.Build();
    }

    private ResourceNotificationService Notifications => _application.ResourceNotifications;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task Waits_for_health_and_for_the_handlers_of_readiness()
    {
        var waiting = Notifications.WaitForDependenciesAsync(_migration, _timeout.Token);
        await Notifications.WaitForResourceAsync("migration", KnownResourceStates.Waiting, _timeout.Token);

        await SetAsync(_database, KnownResourceStates.Running);
        Assert.Equal(HealthStatus.Unhealthy, Snapshot(_database).HealthStatus);
        await SetHealthyAsync(_database);
        Assert.Equal(HealthStatus.Healthy, Snapshot(_database).HealthStatus);
        Assert.False(waiting.IsCompleted);

        var handlers = new TaskCompletionSource();
        await Notifications.PublishUpdateAsync(
            _database,
            snapshot => snapshot with { ResourceReadyEvent = new EventSnapshot(handlers.Task) }
        );
        Assert.False(waiting.IsCompleted);
        handlers.SetResult();

        await waiting;
    }

    [Fact]
    public async Task Gives_up_when_what_it_waits_for_failed()
    {
        var waiting = Notifications.WaitForDependenciesAsync(_migration, _timeout.Token);

        await SetAsync(_database, KnownResourceStates.FailedToStart);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => waiting);
        Assert.Contains("database", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Completion_means_the_right_exit_code(int exitCode, bool succeeds)
    {
        var waiting = Notifications.WaitForDependenciesAsync(_service, _timeout.Token);

        await Notifications.PublishUpdateAsync(
            _migration,
            snapshot => snapshot with { State = KnownResourceStates.Finished, ExitCode = exitCode }
        );

        if (succeeds)
        {
            await waiting;
        }
        else
        {
            await Assert.ThrowsAsync<DistributedApplicationException>(() => waiting);
        }
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var database = TestModel.Run().AddContainer("database", "mysql");

        Assert.Throws<DistributedApplicationException>(() => database.WaitFor(database));
    }

    private Task SetAsync(IResource resource, string state) =>
        Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private Task SetHealthyAsync(IResource resource) =>
        Notifications.PublishUpdateAsync(
            resource,
            snapshot =>
                snapshot with
                {
                    HealthReports = [new HealthReportSnapshot("database_check", HealthStatus.Healthy, null, null)],
                }
        );

    private CustomResourceSnapshot Snapshot(IResource resource) =>
        Notifications.TryGetCurrentState(resource.Name, out var current)
            ? current.Snapshot
            : throw new InvalidOperationException($"'{resource.Name}' has no state.");
}
