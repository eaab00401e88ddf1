using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Runtime.Tests;

public sealed class KillTests
{
    private const string Mark = "RUNTIME_TEST_MARK";

    /// <summary>Everything inherits the mark of the AppHost, which makes it easy to find.</summary>
    [Fact]
    public async Task An_AppHost_that_is_killed_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var mark = Guid.NewGuid().ToString("N");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var appHost = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(KillTests).Assembly.Location, Program.AppHost])
            {
                Environment = { [Mark] = mark },
                RedirectStandardOutput = true,
            }
        )!;
        string? line;
        do
        {
            line = await appHost.StandardOutput.ReadLineAsync(limit.Token);
        } while (line is not null && line != Program.Ready);
        Assert.Equal(Program.Ready, line);
        Assert.True(FindMarked(mark).Count >= 4, "DCP and the two processes should run.");

        appHost.Kill(entireProcessTree: false);
        await appHost.WaitForExitAsync(limit.Token);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (FindMarked(mark) is { Count: > 0 } left)
        {
            Assert.False(patience.IsCancellationRequested, $"Still there: {string.Join(", ", left)}");
            await Task.Delay(100, limit.Token);
        }
    }

    private static List<string> FindMarked(string mark) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => IsMarked(folder, $"{Mark}={mark}"))];

    private static bool IsMarked(string processFolder, string variable)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(processFolder)[0])
                && Encoding
                    .UTF8.GetString(File.ReadAllBytes(Path.Combine(processFolder, "environ")))
                    .Split('\0')
                    .Contains(variable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return false;
        }
    }
}
