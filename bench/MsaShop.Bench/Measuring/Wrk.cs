using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MsaShop.Bench.Measuring;

/// <summary>Generates load with wrk, which keeps a number of connections busy.</summary>
/// <param name="Duration">In seconds.</param>
public sealed record Wrk(int Connections = 16, int Duration = 5)
{
    /// <summary>Loads an address with the requests of a script in the folder <c>Load</c>.</summary>
    /// <param name="script">The script's name, without its extension.</param>
    /// <param name="arguments">The script's arguments.</param>
    /// <exception cref="InvalidOperationException">wrk failed, or an answer was not as the script expects.</exception>
    public async Task<Sample> LoadAsync(string url, string script = "get", params string[] arguments)
    {
        var start = new ProcessStartInfo("wrk")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                // One thread, because the shop needs the two cores as well.
                "-t1",
                $"-c{Connections}",
                $"-d{Duration}s",
                "--timeout=30s",
                "-s",
                Path.Combine(AppContext.BaseDirectory, "Load", $"{script}.lua"),
                url,
            },
        };
        if (arguments.Length > 0)
        {
            start.ArgumentList.Add("--");
            Array.ForEach(arguments, start.ArgumentList.Add);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith("{\"requests\"", StringComparison.Ordinal));
        if (process.ExitCode != 0 || line is null)
        {
            throw new InvalidOperationException($"wrk on {url} failed:\n{output}");
        }

        var result = JsonDocument.Parse(line).RootElement;
        if (result.GetProperty("errors").GetInt64() is > 0 and var errors)
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{errors} answers of {url} were none that count:\n{output}"
                )
            );
        }

        var requests = result.GetProperty("requests").GetInt64();
        return new Sample(
            requests / TimeSpan.FromMicroseconds(result.GetProperty("duration").GetInt64()).TotalSeconds,
            TimeSpan.FromMicroseconds(result.GetProperty("p50").GetDouble()),
            TimeSpan.FromMicroseconds(result.GetProperty("p99").GetDouble()),
            requests
        );
    }
}
