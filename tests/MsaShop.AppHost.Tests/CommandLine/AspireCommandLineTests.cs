using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace MsaShop.AppHost.Tests.CommandLine;

/// <summary>Aspire's command line works on the shop as docs/development.md says, beside whatever else runs here.</summary>
public sealed partial class AspireCommandLineTests(Graph graph) : IClassFixture<Graph>, IAsyncLifetime, IDisposable
{
    private const string Start = "start --isolated";
    private const string Stop = "stop";
    private const string Limit = "--timeout 1200";

    /// <summary>Not given, so that the shop makes it for itself.</summary>
    private const string Generated = "userdb-password";

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(30));
    private readonly Dictionary<string, string> _secrets = graph
        .Builder.Resources.OfType<ParameterResource>()
        .Where(parameter => parameter.Secret && parameter.Name != Generated)
        .ToDictionary(
            parameter => parameter.Name,
            parameter =>
                parameter.Name == "toss-secret-key" ? "test_sk_" + NewSecret()
                : parameter.Name.EndsWith("-signing-key", StringComparison.Ordinal) ? NewSigningKey()
                : NewSecret()
        );

    private AspireCommandLine _aspire = null!;

    private CancellationToken Token => _limit.Token;

    public async Task InitializeAsync()
    {
        Assert.True(OperatingSystem.IsLinux(), "Processes are told apart by their environment in /proc.");
        await AspireCommandLine.RestoreAsync(Token);
        _aspire = new AspireCommandLine(
            new Dictionary<string, string>(
                _secrets.Select(secret =>
                    KeyValuePair.Create($"Parameters__{secret.Key.Replace('-', '_')}", secret.Value)
                )
            )
            {
                ["Shop__Database"] = "process",
                ["ASPIRE_DASHBOARD_PERSISTENCE_MODE"] = "None",
            }
        );
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _aspire?.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task What_the_document_shows_works_and_leaves_nothing_behind()
    {
        var before = Changes();
        var commands = Commands();
        Assert.Equal(5, commands.Length);
        Assert.Equal(Start, commands[0]);
        Assert.Equal(Stop, commands[^1]);

        // What runs is what the tests were built with.
        await _aspire.RunAsync($"{Start} --no-build", Token);
        var data = Assert.Single(Directory.GetDirectories(_aspire.Throwaways));
        await _aspire.RunAsync($"wait frontend-svc {Limit}", Token);
        foreach (var command in commands[1..^1])
        {
            Assert.NotEqual("", await _aspire.RunAsync(command, Token));
        }

        await ShowsNoSecretAsync();
        await _aspire.RunAsync("resource order-svc stop", Token);
        await _aspire.RunAsync($"wait order-svc --status down {Limit}", Token);
        await _aspire.RunAsync("resource order-svc start", Token);
        await _aspire.RunAsync($"wait order-svc {Limit}", Token);

        await _aspire.RunAsync(Stop, Token);
        Assert.False(Directory.Exists(data), $"{data} is left.");
        await _aspire.WaitUntilGoneAsync(Token);
        Assert.DoesNotContain(
            "Parameters:",
            string.Concat(SecretFiles().Select(File.ReadAllText)),
            StringComparison.Ordinal
        );
        Assert.Equal(before, Changes());
    }

    private async Task ShowsNoSecretAsync()
    {
        var export = Path.Combine(_aspire.Home, "export");
        await _aspire.RunAsync($"export --output {export}.zip --include-hidden", Token);
        await ZipFile.ExtractToDirectoryAsync($"{export}.zip", export, Token);
        var shown = new Dictionary<string, string>
        {
            ["describe"] = await _aspire.RunAsync("describe --format Json --include-hidden", Token),
        };
        foreach (var file in Directory.GetFiles(export, "*", SearchOption.AllDirectories))
        {
            shown[Path.GetRelativePath(_aspire.Home, file)] = await File.ReadAllTextAsync(file, Token);
        }

        Assert.Contains("ConnectionStrings__orderdb", shown["describe"], StringComparison.Ordinal);
        Assert.True(shown.Count > _secrets.Count, "The export is empty.");
        Assert.Equal(
            [],
            shown.SelectMany(text =>
                _secrets
                    .Where(secret => text.Value.Contains(secret.Value, StringComparison.Ordinal))
                    .Select(secret => $"{text.Key} shows {secret.Key}")
            )
        );
    }

    /// <summary>The commands of docs/development.md, without <c>./shop aspire</c> and what is said of them.</summary>
    private static string[] Commands() =>
        [
            .. Command()
                .Matches(File.ReadAllText(Repository.PathOf("docs", "development.md")))
                .Select(match => match.Groups["arguments"].Value.Trim()),
        ];

    /// <summary>What git sees as changed in the repository.</summary>
    private static string Changes() => Repository.Run("git", ["status", "--porcelain"]);

    private string[] SecretFiles() =>
        Directory.Exists(Path.Combine(_aspire.Home, ".microsoft"))
            ? Directory.GetFiles(Path.Combine(_aspire.Home, ".microsoft"), "*.json", SearchOption.AllDirectories)
            : [];

    private static string NewSecret() => RandomNumberGenerator.GetHexString(48);

    private static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    [GeneratedRegex(@"^\./shop aspire (?<arguments>[^#\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
