using System.Diagnostics;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>The repository's programs, as they were built with this one.</summary>
public static class Built
{
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
        var folder = Repository.PathOf(project);
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(folder, "bin", Configuration, "net10.0", $"{name}.dll"), .. arguments]
        )
        {
            WorkingDirectory = folder,
        };
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
