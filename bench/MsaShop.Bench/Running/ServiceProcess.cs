using System.Diagnostics;
using System.Globalization;

namespace MsaShop.Bench.Running;

/// <summary>A program of the repository that runs on its own port until it is disposed of.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private ServiceProcess(string name, Uri address, Process process)
    {
        Name = name;
        Address = address;
        _process = process;
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // Also when the benchmarks are stopped early.
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    /// <summary>Its name in the shop.</summary>
    public string Name { get; }

    /// <summary>Its base address.</summary>
    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public ProcessMemory Memory => ProcessMemory.Of(_process);

    /// <summary>Starts a program and waits until it answers 200 on a path.</summary>
    /// <exception cref="InvalidOperationException">It exited, or did not answer in time.</exception>
    public static async Task<ServiceProcess> StartAsync(
        string name,
        int port,
        ProcessStartInfo start,
        string path = "/health"
    )
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var service = new ServiceProcess(
            name,
            new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"),
            Process.Start(start)!
        );
        using var http = new HttpClient { BaseAddress = service.Address };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(path);
                if (answer.IsSuccessStatusCode)
                {
                    return service;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (service._process.HasExited || watch.Elapsed > s_startTimeout)
            {
                var output = service.LastLines();
                await service.DisposeAsync();
                throw new InvalidOperationException($"{name} does not answer on {path}:\n{output}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The last lines of its output.</summary>
    public string LastLines()
    {
        lock (_output)
        {
            return string.Join('\n', _output.TakeLast(30));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(this, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Kill(object? sender, EventArgs arguments)
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
            if (_output.Count > 500)
            {
                _output.RemoveRange(0, 250);
            }
        }
    }
}
