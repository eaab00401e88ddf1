using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>
/// Cuts the power of single resources of the running shop, and gives it back. Where a resource has replicas, each has a name of
/// its own (<see cref="InstancesOfAsync"/>).
/// </summary>
/// <param name="app">The shop.</param>
public sealed class Power(DistributedApplication app)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(1);

    /// <summary>What the gateway fetches from each service: it answers once the gateway trusts the service again.</summary>
    private static readonly Dictionary<string, string> s_documents = new(StringComparer.Ordinal)
    {
        ["user-svc"] = "users",
        ["product-svc"] = "products",
        ["order-svc"] = "orders",
        ["payment-svc"] = "payments",
    };

    /// <summary>What can be killed, each after what it needs: a resource whose needs are dead does not start.</summary>
    public static IReadOnlyList<string> Victims { get; } =
    [
        "mysql-user",
        "mysql-product",
        "mysql-order",
        "toss-payments",
        "user-svc",
        "product-svc",
        "order-svc",
        "payment-svc",
    ];

    /// <summary>Kills a resource, with all the processes it has started, and waits until it is seen to be gone.</summary>
    public async Task KillAsync(string name)
    {
        using (var process = Process.GetProcessById(PidOf(name)))
        {
            process.Kill(entireProcessTree: true);
        }

        await WaitUntilAsync(name, snapshot => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text));
    }

    /// <summary>The names of a resource's replicas; of the resource alone, if there are none.</summary>
    public async Task<IReadOnlyList<string>> InstancesOfAsync(string name)
    {
        using var limit = new CancellationTokenSource(s_limit);
        var instances = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var change in app.ResourceNotifications.WatchAsync(limit.Token))
        {
            if (change.Resource.Name == name && change.Snapshot.State is not null)
            {
                instances.Add(change.ResourceId);
                if (instances.Count == change.Resource.GetReplicaCount())
                {
                    break;
                }
            }
        }

        return [.. instances];
    }

    /// <summary>Starts everything that is dead, and waits until it works.</summary>
    public async Task RestoreAsync()
    {
        foreach (var name in Victims.Where(IsDead))
        {
            await StartAsync(name);
        }
    }

    /// <summary>Starts a resource that was killed, and waits until it works.</summary>
    public async Task StartAsync(string name)
    {
        using var limit = new CancellationTokenSource(s_limit);
        var result = await app.ResourceCommands.ExecuteCommandAsync(
            name,
            KnownResourceCommands.StartCommand,
            limit.Token
        );
        Assert.True(result.Success, $"{name} does not start: {result.Message}");
        await WaitUntilAsync(
            name,
            snapshot =>
                snapshot is { State.Text: var state, HealthStatus: HealthStatus.Healthy }
                && state == KnownResourceStates.Running
        );
        Assert.True(app.ResourceNotifications.TryGetCurrentState(name, out var started), $"There is no {name}.");
        await WaitUntilItAnswersAsync(started.Resource.Name, limit.Token);
    }

    /// <summary>Stops a resource in its tracks: it keeps its connections, and answers nobody.</summary>
    public Task FreezeAsync(string name) => SignalAsync("-STOP", name);

    /// <summary>Lets a frozen resource go on.</summary>
    public Task ThawAsync(string name) => SignalAsync("-CONT", name);

    /// <summary>The process that a resource runs as.</summary>
    public int PidOf(string name)
    {
        Assert.True(app.ResourceNotifications.TryGetCurrentState(name, out var current), $"There is no {name}.");
        var pid = current.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value;
        Assert.True(pid is not null, $"{name} is {current.Snapshot.State?.Text} and has no process.");
        return Convert.ToInt32(pid, CultureInfo.InvariantCulture);
    }

    private bool IsDead(string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var current)
        && KnownResourceStates.TerminalStates.Contains(current.Snapshot.State?.Text);

    private async Task WaitUntilAsync(string name, Func<CustomResourceSnapshot, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!app.ResourceNotifications.TryGetCurrentState(name, out var current) || !holds(current.Snapshot))
        {
            Assert.True(watch.Elapsed < s_limit, $"{name} is {current?.Snapshot.State?.Text} all the time.");
            await Task.Delay(25);
        }
    }

    private async Task SignalAsync(string signal, string name)
    {
        using var kill = Process.Start("kill", [signal, PidOf(name).ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>The health that is known of a resource may be that of the process before.</summary>
    private async Task WaitUntilItAnswersAsync(string name, CancellationToken cancellationToken)
    {
        while (!await AnswersAsync(name, cancellationToken))
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (name.StartsWith("mysql-", StringComparison.Ordinal))
            {
                await using var connection = new MySqlConnection(
                    await app.GetConnectionStringAsync(name, cancellationToken) + ";Pooling=false;Connection Timeout=1"
                );
                await connection.OpenAsync(cancellationToken);
                return true;
            }

            return await SucceedsAsync(name, "/health", cancellationToken)
                && (
                    !s_documents.TryGetValue(name, out var document)
                    || await SucceedsAsync("gateway-svc", $"/openapi/{document}.json", cancellationToken)
                );
        }
        catch (Exception exception)
            when (exception is MySqlException or HttpRequestException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    private async Task<bool> SucceedsAsync(string name, string path, CancellationToken cancellationToken)
    {
        // What stands in front of a process that is not there yet may take a request and never answer it.
        using var http = new HttpClient { BaseAddress = app.GetEndpoint(name, "http"), Timeout = s_answerLimit };
        using var response = await http.GetAsync(path, cancellationToken);
        return response.IsSuccessStatusCode;
    }
}
