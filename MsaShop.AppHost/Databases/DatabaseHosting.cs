using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Databases;

/// <summary>Decides whether the databases run as containers or processes, and finds the programs for it.</summary>
internal static class DatabaseHosting
{
    private const string Key = "Shop:Database";

    /// <summary>Asked once for all servers, because an engine that does not answer costs seconds.</summary>
    private static readonly Lazy<bool> s_runtimeAnswers = new(() => Runs("docker") || Runs("podman"));

    /// <summary>Whether the databases are containers: by <c>Shop:Database</c>, else if a runtime answers.</summary>
    /// <exception cref="DistributedApplicationException">
    /// <c>Shop:Database</c> is neither <c>container</c> nor <c>process</c>, or it is <c>container</c> and no runtime
    /// answers.
    /// </exception>
    public static bool UseContainers(IConfiguration configuration) =>
        configuration[Key]?.ToLowerInvariant() switch
        {
            "container" => s_runtimeAnswers.Value
                ? true
                : throw new DistributedApplicationException(
                    $"{Key} is 'container', but neither Docker nor Podman answers: start one, or set {Key}=process."
                ),
            "process" => false,
            null or "" => s_runtimeAnswers.Value,
            var other => throw new DistributedApplicationException(
                $"{Key} is '{other}'; it takes 'container' or 'process'."
            ),
        };

    /// <summary>Finds MySQL's or MariaDB's server on the PATH or in <c>/usr/sbin</c>, Debian's place for it.</summary>
    /// <exception cref="DistributedApplicationException">Neither is installed.</exception>
    public static string FindServer() =>
        FindProgram("mariadbd", "mysqld")
        ?? throw new DistributedApplicationException(
            "No database server: start Docker or Podman, or install one: apt-get install mariadb-server-core mariadb-client-core"
        );

    /// <summary>The full path of the first of these programs that is installed, or null.</summary>
    public static string? FindProgram(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin"]);
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";

        return names
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Whether the runtime's engine answers; an installed client alone does not count.</summary>
    private static bool Runs(string runtime)
    {
        if (FindProgram(runtime) is not { } program)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, ["info", "--format", "{{.ID}}"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            if (process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
