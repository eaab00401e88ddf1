using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace MsaShop.AppHost.Tests;

/// <summary>The built AppHost as a process of its own, as <c>dotnet run --no-build</c> starts it.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly MarkedProcesses _marked = new();

    public AppHostProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            // What runs in a shell's background ignores Ctrl-C, and so does whatever it starts.
            "env",
            [
                "--default-signal=INT",
                "dotnet",
                "exec",
                Path.Combine(AppContext.BaseDirectory, "MsaShop.AppHost.dll"),
                .. arguments,
            ]
        )
        {
            WorkingDirectory = Repository.PathOf("MsaShop.AppHost"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in new Dictionary<string, string>
            {
                [MarkedProcesses.Variable] = _marked.Mark,
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPIRE_DASHBOARD_PERSISTENCE_MODE"] = "None",
            }
        )
        {
            start.Environment[name] = value;
        }

        Process = Process.Start(start)!;
        Process.OutputDataReceived += (_, received) => Write(received.Data);
        Process.ErrorDataReceived += (_, received) => Write(received.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    public Process Process { get; }

    /// <summary>All descendants of the process, including those with a new parent.</summary>
    public IReadOnlyList<int> Tree => _marked.Running;

    /// <summary>Everything it prints until this line, with it.</summary>
    public async Task<string> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        var read = new StringBuilder();
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            read.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return read.ToString();
            }
        }

        throw new InvalidOperationException($"It never said '{text}':\n{read}");
    }

    /// <summary>Everything that it prints until it ends by itself.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        await Process.WaitForExitAsync(cancellationToken);
        _lines.Writer.TryComplete();
        var read = new StringBuilder();
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            read.AppendLine(line);
        }

        return read.ToString();
    }

    /// <summary>Waits until nothing is left of it.</summary>
    public Task WaitUntilGoneAsync(CancellationToken cancellationToken) =>
        _marked.WaitUntilGoneAsync(cancellationToken);

    public void Dispose()
    {
        _marked.Dispose();
        Process.Dispose();
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
