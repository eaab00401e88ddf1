using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MsaShop.AppHost.Tests;

/// <summary>Processes with a mark in their environment, which their descendants inherit, even those with a new parent.</summary>
internal sealed class MarkedProcesses : IDisposable
{
    public const string Variable = "MSA_SHOP_TEST_MARK";

    public string Mark { get; } = Guid.NewGuid().ToString("N");

    public IReadOnlyList<int> Running =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, out _))
                .Where(name => IsMarked($"/proc/{name}/environ"))
                .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)),
        ];

    public async Task WaitUntilGoneAsync(CancellationToken cancellationToken)
    {
        while (Running.Count > 0)
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Ends those that still run.</summary>
    public void Dispose()
    {
        foreach (var id in Running)
        {
            using var left = TryGet(id);
            left?.Kill();
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
                .Contains($"{Variable}={Mark}\0", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return false;
        }
    }
}
