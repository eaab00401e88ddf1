using System.Diagnostics;

namespace MsaShop.AppHost.Tests.CommandLine;

/// <summary><c>./shop aspire</c>, as somebody uses it who has a home of their own: whatever else runs here, it does not see.</summary>
internal sealed class AspireCommandLine : IDisposable
{
    private static readonly string s_userHome = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private readonly MarkedProcesses _marked = new();
    private readonly IReadOnlyDictionary<string, string> _environment;

    public AspireCommandLine(IReadOnlyDictionary<string, string> environment) => _environment = environment;

    public string Home { get; } = Directory.CreateTempSubdirectory("msa-shop-cli-").FullName;

    /// <summary>Where isolated shops of this home keep their data.</summary>
    public string Throwaways => Path.Combine(Home, ".local", "share", "msa-shop-isolated");

    /// <summary>The processes that the commands have started.</summary>
    public IReadOnlyList<int> Running => _marked.Running;

    /// <summary>Restores the tool, if it is missing, into the user's packages.</summary>
    public static async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var (exitCode, printed) = await RunAsync(
            ["--version", "--nologo"],
            new Dictionary<string, string>(),
            cancellationToken
        );
        Assert.True(
            exitCode == 0,
            $"Aspire's command line (aspire.cli in .config/dotnet-tools.json) cannot be restored: {printed.ReplaceLineEndings(" ")}"
        );
    }

    /// <summary>Runs a command that succeeds, and returns what it printed.</summary>
    public async Task<string> RunAsync(string arguments, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(_environment)
        {
            [MarkedProcesses.Variable] = _marked.Mark,
            ["HOME"] = Home,
            ["XDG_DATA_HOME"] = "",
            ["NO_COLOR"] = "1",
            // What has been restored and installed stays where it is.
            ["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") ?? s_userHome,
            ["NUGET_PACKAGES"] =
                Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(s_userHome, ".nuget", "packages"),
            ["NPM_CONFIG_USERCONFIG"] =
                Environment.GetEnvironmentVariable("NPM_CONFIG_USERCONFIG") ?? Path.Combine(s_userHome, ".npmrc"),
        };
        var (exitCode, printed) = await RunAsync(
            [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--non-interactive", "--nologo"],
            environment,
            cancellationToken
        );
        Assert.True(exitCode == 0, $"aspire {arguments} ended with {exitCode}:\n{printed}");
        return printed;
    }

    public Task WaitUntilGoneAsync(CancellationToken cancellationToken) =>
        _marked.WaitUntilGoneAsync(cancellationToken);

    public void Dispose()
    {
        _marked.Dispose();
        DeleteHome();
    }

    /// <summary>What was killed, or is ending, may still be writing there.</summary>
    private void DeleteHome()
    {
        for (var left = 600; Directory.Exists(Home); left--)
        {
            try
            {
                Directory.Delete(Home, recursive: true);
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static async Task<(int ExitCode, string Printed)> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        // A file, because a background process would keep a pipe open.
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                "/bin/sh",
                ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", file, Repository.PathOf("shop"), "aspire", .. arguments]
            )
            {
                WorkingDirectory = Repository.PathOf(),
            };
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await File.ReadAllTextAsync(file, cancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
