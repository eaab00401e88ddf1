using System.Diagnostics;

namespace MsaShop.Testing;

/// <summary>The repository that the tests were built from, and programs run in it.</summary>
public static class Repository
{
    private static readonly string s_root = Find();

    /// <summary>A folder or file of it.</summary>
    public static string PathOf(params string[] path) => Path.Combine([s_root, .. path]);

    /// <summary>Runs a program in the repository's folder and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output and its errors.</exception>
    public static string Run(string program, IEnumerable<string> args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = s_root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', args)} ended with {process.ExitCode}:\n{output}\n{errors.Result}"
            );
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MsaShop.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("This runs inside its repository only.");
        }

        return folder.FullName;
    }
}
