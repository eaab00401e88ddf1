using System.Diagnostics;
using System.Runtime.InteropServices;
using MsaShop.Bench.Benchmarks;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>
/// The repository's programs: the services as their images have them, compiled ahead of time, which <c>./shop bench</c> sees to;
/// the others as they were built with this one.
/// </summary>
public static class Built
{
    private const string Services = "services/";

    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>How to start a project's program.</summary>
    /// <param name="project">Its folder, from the root.</param>
    /// <param name="settings">Its configuration, as environment variables.</param>
    /// <param name="arguments">Its arguments.</param>
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

        // A program reads its settings where it is started.
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    /// <summary>Runs a project's program to its end.</summary>
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
