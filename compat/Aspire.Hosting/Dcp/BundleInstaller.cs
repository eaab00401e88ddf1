using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Keeps one copy of the bundle for each user: Microsoft's npm package of the Aspire CLI holds it, and unpacks it
/// with <c>aspire setup</c>.
/// </summary>
internal sealed class BundleInstaller(ILogger logger)
{
    private static readonly TimeSpan s_lockPollInterval = TimeSpan.FromMilliseconds(200);

    private static string Package => $"@microsoft/aspire-cli-{Platform}";

    private static string Platform
    {
        get
        {
            var system =
                OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.StartsWith("linux-musl", StringComparison.Ordinal) ? "linux-musl"
                : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The bundle from the cache, fetched first if it is not there yet.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be fetched.</exception>
    public async Task<AspireBundle> GetAsync(CancellationToken cancellationToken)
    {
        var cache = Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.Create
            ),
            "aspire-bundle"
        );
        var target = Path.Combine(cache, AspireBundle.Version);
        if (Find(target) is { } cached)
        {
            return cached;
        }

        Directory.CreateDirectory(cache);
        await using var held = await LockAsync(Path.Combine(cache, ".lock"), cancellationToken).ConfigureAwait(false);
        if (Find(target) is { } fetchedMeanwhile)
        {
            return fetchedMeanwhile;
        }

        logger.LogInformation(
            "Fetching DCP and the Aspire dashboard {Version} from npm ({Package}, about 130 MB, once for this machine)",
            AspireBundle.Version,
            Package
        );

        // Whoever dies half-way leaves a folder of another name behind; the next one clears it away.
        var staging = Path.Combine(cache, ".staging");
        DeleteFolder(staging);
        var download = Directory.CreateDirectory(Path.Combine(staging, "download")).FullName;
        var home = Directory.CreateDirectory(Path.Combine(staging, "home")).FullName;
        await InstallPackageAsync(download, cancellationToken).ConfigureAwait(false);
        var versions = await UnpackAsync(download, home, cancellationToken).ConfigureAwait(false);

        DeleteFolder(target);
        Directory.Move(versions, target);
        DeleteFolder(staging);
        return Find(target)
            ?? throw new DistributedApplicationException($"{Package} {AspireBundle.Version} holds no dcp; {Advice}");
    }

    private static string Advice =>
        "install npm (https://nodejs.org) or set ASPIRE_BUNDLE_VERSION_DIR to an unpacked bundle "
        + $"(`npm install {Package}@{AspireBundle.Version}`, then its `bin/aspire setup`).";

    private static AspireBundle? Find(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateDirectories(folder)
                .Select(AspireBundle.InVersionFolder)
                .FirstOrDefault(b => b is not null)
            : null;

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Holds an open file that no other process can open; it lets go even if this process dies.</summary>
    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(s_lockPollInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task InstallPackageAsync(string folder, CancellationToken cancellationToken)
    {
        // Without a package.json of its own, npm would look for one further up.
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{}", cancellationToken)
            .ConfigureAwait(false);
        string[] install =
        [
            "install",
            $"{Package}@{AspireBundle.Version}",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--ignore-scripts",
            "--loglevel=error",
        ];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", "npm", .. install])
            : new ProcessStartInfo("npm", install);
        start.WorkingDirectory = folder;
        await RunAsync(start, "npm", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Unpacks the bundle in a home folder of its own: the command-line tool checks what it has unpacked only there,
    /// and its settings and logs are not the user's.
    /// </summary>
    /// <returns>The folder that holds a folder for the version.</returns>
    private static async Task<string> UnpackAsync(string download, string home, CancellationToken cancellationToken)
    {
        var cli = Path.Combine(
            download,
            "node_modules",
            Package,
            "bin",
            OperatingSystem.IsWindows() ? "aspire.exe" : "aspire"
        );
        var target = Path.Combine(home, ".aspire");
        var start = new ProcessStartInfo(cli, ["setup", "--install-path", target, "--non-interactive", "--nologo"])
        {
            WorkingDirectory = home,
        };
        start.Environment["HOME"] = home;
        start.Environment["USERPROFILE"] = home;
        start.Environment["NO_COLOR"] = "1";

        // Left on, looking for updates unpacks the bundle a second time meanwhile, and now and then both stumble.
        start.Environment["features__updateNotificationsEnabled"] = "false";
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "true";
        await RunAsync(start, "aspire setup", cancellationToken).ConfigureAwait(false);
        return Path.Combine(target, "versions");
    }

    private static async Task RunAsync(ProcessStartInfo start, string name, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                var errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                if (process.ExitCode != 0)
                {
                    var said = (errors + await output.ConfigureAwait(false)).Trim();
                    throw Failure($"{name} ended with {process.ExitCode} ({said.ReplaceLineEndings(" ")})");
                }
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception exception)
        {
            throw Failure($"{name} could not be started ({exception.Message})");
        }
    }

    private static DistributedApplicationException Failure(string what) =>
        new($"DCP and the Aspire dashboard {AspireBundle.Version} could not be fetched: {what}; {Advice}");
}
