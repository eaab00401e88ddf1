using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using MsaShop.Bench.Benchmarks;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>The shop as <c>./shop up</c> starts it: the AppHost's debug build, on the shop's ports.</summary>
internal sealed class AppHost : IAsyncDisposable
{
    private const string Project = "MsaShop.AppHost";

    /// <summary>Logged by the AppHost when the last resource is healthy.</summary>
    private const string IsOpen = "The shop is open.";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>The ports of the shop and its dashboard that another program is likely to have.</summary>
    private static readonly int[] s_ports = [3000, 3306, 3307, 3308, 8081, 8082, 8083, 8084, 9090, 15080];

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppHost(Process process)
    {
        _process = process;
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.Exited += (_, _) => Fail("ended");
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Builds the AppHost, and checks that its ports are free.</summary>
    /// <exception cref="CannotMeasureException">A port is taken.</exception>
    public static async Task PrepareAsync()
    {
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port);
        if (s_ports.Intersect(listening).ToList() is { Count: > 0 } taken)
        {
            throw new CannotMeasureException(
                $"the shop wants ports that are taken: {string.Join(", ", taken)}. Stop what listens there, a shop most likely."
            );
        }

        await Task.Run(() => Repository.Run("dotnet", ["build", Project, "-v", "quiet"]));
    }

    /// <param name="dataDirectory">The folder of its databases; it need not exist yet.</param>
    public static async Task<AppHost> StartAsync(string dataDirectory)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "run",
                "--project",
                Project,
                "--no-build",
                "--",
                // Containers would add start times of their own.
                "--Shop:Database=process",
                $"--Shop:DataDirectory={dataDirectory}",
            ]
        )
        {
            WorkingDirectory = Repository.PathOf(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var host = new AppHost(Process.Start(start)!);
        try
        {
            await host._open.Task.WaitAsync(s_limit);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it as a developer would, and waits until everything that it started is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
        }

        if (line.Data?.Contains(IsOpen, StringComparison.Ordinal) == true)
        {
            _open.TrySetResult();
        }
    }

    private void Fail(string what)
    {
        lock (_output)
        {
            _open.TrySetException(
                new InvalidOperationException($"The AppHost {what}:\n{string.Join('\n', _output.TakeLast(30))}")
            );
        }
    }
}
