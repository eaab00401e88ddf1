using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Databases;

/// <summary>Decides how databases run on this machine.</summary>
internal static class DatabaseHosting
{
    private const string Key = "Shop:Database";

    /// <summary>Checked once for all servers: an engine that does not answer costs seconds.</summary>
    private static readonly Lazy<bool> s_runtimeAnswers = new(() => Runs("docker") || Runs("podman"));

    /// <summary>
    /// Whether databases are containers: as <c>Shop:Database</c> says, or else if a container runtime answers.
    /// </summary>
    /// <exception cref="DistributedApplicationException"> <c>Shop:Database</c> is invalid, or is <c>container</c> and no
    /// runtime answers. </exception>
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

    /// <summary>
    /// The server program, MySQL's or MariaDB's: on the PATH, or in <c>/usr/sbin</c>, where Debian puts it.
    /// </summary>
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

    /// <summary>Whether this runtime is installed and its engine answers; a client alone does not count.</summary>
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
