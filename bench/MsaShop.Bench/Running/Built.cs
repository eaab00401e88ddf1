using System.Diagnostics;
using System.Runtime.InteropServices;
using MsaShop.Bench.Benchmarks;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>
/// The repository's programs: services as in their images, published by <c>./shop bench</c>; the others from this build.
/// </summary>
public static class Built
{
    private const string Services = "services/";

    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>How to start a program.</summary>
    /// <param name="project">Its folder, from the root.</param>
    /// <param name="settings">Environment variables.</param>
    public static ProcessStartInfo Program(
        string project,
        IEnumerable<KeyValuePair<string, string>> settings,
        params string[] arguments
    )
    {
        var name = Path.GetFileName(project);
        var folder = project.StartsWith(Services, StringComparison.Ordinal)
            ? Repository.PathOf(
                "artifacts",
                "bench",
                "publish",
                name,
                $"release_{RuntimeInformation.RuntimeIdentifier}"
            )
            : Repository.PathOf(project, "bin", Configuration, "net10.0");
        var program = Path.Combine(folder, $"{name}.dll");
        if (!File.Exists(program))
        {
            throw new CannotMeasureException($"{name} is not published; ./shop bench does it.");
        }

        // A program reads its settings from the folder where it is started.
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(
        string project,
        IEnumerable<KeyValuePair<string, string>> settings,
        params string[] arguments
    )
    {
        var start = Program(project, settings, arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} {string.Join(' ', arguments)} failed:\n{output}");
        }
    }
}
