using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace MsaShop.AppHost.Tests;

/// <summary>The built AppHost as a process of its own, as <c>dotnet run --no-build</c> starts it.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private const string Mark = "MSA_SHOP_TEST_MARK";

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public AppHostProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "MsaShop.AppHost.dll"), .. arguments]
        )
        {
            WorkingDirectory = Repository.PathOf("MsaShop.AppHost"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in new Dictionary<string, string>
            {
                [Mark] = _mark,
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

    /// <summary>The processes that it started, and theirs, whoever their parent is by now.</summary>
    public IReadOnlyList<int> Tree =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, out _))
                .Where(name => IsMarked($"/proc/{name}/environ"))
                .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)),
        ];

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
    public async Task WaitUntilGoneAsync(CancellationToken cancellationToken)
    {
        while (Tree.Count > 0)
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var id in Tree)
        {
            using var left = TryGet(id);
            left?.Kill();
        }

        Process.Dispose();
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private static Process? TryGet(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
            return null;
        }
    }

    private bool IsMarked(string environment)
    {
        try
        {
            return Encoding
                .UTF8.GetString(File.ReadAllBytes(environment))
                .Contains($"{Mark}={_mark}\0", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return false;
        }
    }
}
