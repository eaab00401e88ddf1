using System.Net;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Runtime.Tests;

public sealed class DcpTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private DcpHost _host = null!;

    public async Task InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var bundle = await AspireBundle.FindAsync(configuration, NullLogger.Instance, _limit.Token);
        _host = await DcpHost.StartAsync(bundle.DcpPath, null, NullLoggerFactory.Instance, _limit.Token);
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync(_limit.Token);
        await _host.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_process_writes_its_log_and_ends_with_its_exit_code()
    {
        await _host.Client.CreateAsync(Process("talker", "echo spoken; echo wailed >&2; exit 3"), _limit.Token);

        var ended = await WaitAsync("talker", status => status.State == "Finished");

        Assert.Equal(3, ended.ExitCode);
        Assert.EndsWith(" spoken", Assert.Single(await ReadLogAsync("talker", DcpLogSource.StdOut)));
        Assert.EndsWith(" wailed", Assert.Single(await ReadLogAsync("talker", DcpLogSource.StdErr)));
    }

    [Fact]
    public async Task A_process_that_was_stopped_and_removed_can_be_started_again_under_its_name()
    {
        await _host.Client.CreateAsync(Process("sleeper", "sleep 1000"), _limit.Token);
        var first = await WaitAsync("sleeper", status => status.State == "Running");

        await _host.Client.SetAsync<DcpExecutable>("sleeper", "/spec/stop", _limit.Token);
        await WaitAsync("sleeper", status => status.State == "Finished");
        await _host.Client.DeleteAsync<DcpExecutable>("sleeper", _limit.Token);
        // Asked again and again rather than watched: a watch that begins after the removal has nothing to tell.
        while (await _host.Client.FindAsync<DcpExecutable>("sleeper", _limit.Token) is not null)
        {
            await Task.Delay(50, _limit.Token);
        }

        await _host.Client.CreateAsync(Process("sleeper", "sleep 1000"), _limit.Token);
        var second = await WaitAsync("sleeper", status => status.State == "Running");

        Assert.NotEqual(first.Pid, second.Pid);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_an_error_that_says_so()
    {
        await _host.Client.CreateAsync(Process("twin", "sleep 1000"), _limit.Token);

        var exception = await Assert.ThrowsAsync<DcpException>(() =>
            _host.Client.CreateAsync(Process("twin", "sleep 1000"), _limit.Token)
        );

        Assert.Equal(HttpStatusCode.Conflict, exception.Status);
        Assert.Contains("twin", exception.Message, StringComparison.Ordinal);
    }

    private static DcpExecutable Process(string name, string line) =>
        new() { Metadata = { Name = name }, Spec = { ExecutablePath = "sh", Args = ["-c", line] } };

    private async Task<DcpRunStatus> WaitAsync(string name, Func<DcpRunStatus, bool> condition)
    {
        await foreach (var change in _host.Client.WatchAsync<DcpExecutable>(_limit.Token))
        {
            if (change.Object.Metadata.Name == name && change.Object.Status is { } status && condition(status))
            {
                return status;
            }
        }

        throw new InvalidOperationException("DCP has ended.");
    }

    private async Task<List<string>> ReadLogAsync(string name, DcpLogSource source)
    {
        var lines = new List<string>();
        await foreach (var line in _host.Client.ReadLogAsync<DcpExecutable>(name, source, follow: false, _limit.Token))
        {
            lines.Add(line);
        }

        return lines;
    }
}
