using System.Diagnostics;
using System.Runtime.InteropServices;
using MsaShop.Bench.Benchmarks;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>
/// The repository's programs: the services compiled ahead of time as in their images (<c>./shop bench</c> publishes
/// them), the others as built with this program.
/// </summary>
public static class Built
{
    private const string Services = "services/";

    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <param name="project">Its folder, relative to the root.</param>
    /// <param name="settings">Its configuration, as environment variables.</param>
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

        // A program reads its settings in its working folder.
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    /// <summary>Runs a project's program and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
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
