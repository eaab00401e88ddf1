using System.Diagnostics;
using System.Globalization;

namespace MsaShop.AppHost.Tests;

/// <summary>However the shop ends, nothing of it is left running.</summary>
public sealed class EndTests : IDisposable
{
    private const string Started = "Distributed application started";

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("msa-shop-end-").FullName;

    public void Dispose() => Directory.Delete(_dataDirectory, recursive: true);

    [Theory]
    [InlineData("-INT")]
    [InlineData("-KILL")]
    public async Task Nothing_is_left_after(string signal)
    {
        Assert.True(OperatingSystem.IsLinux(), "Processes are told apart by their environment in /proc.");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var appHost = new AppHostProcess(
            $"--Shop:DataDirectory={_dataDirectory}",
            "--Shop:Database=process",
            "--DcpPublisher:RandomizePorts=true"
        );

        var printed = await appHost.ReadUntilAsync(Started, limit.Token);
        Assert.DoesNotContain("warn:", printed, StringComparison.Ordinal);
        Assert.True(appHost.Tree.Count > 3, $"Only {appHost.Tree.Count} processes run.");
        using (var kill = Process.Start("kill", [signal, appHost.Process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(limit.Token);
        }

        await appHost.WaitUntilGoneAsync(limit.Token);
    }
}
