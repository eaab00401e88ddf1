using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// A running DCP. It watches this process and, however this process ends, stops everything that it started for it.
/// </summary>
internal sealed partial class DcpHost : IAsyncDisposable
{
    /// <summary>What this process was told about itself; the resources inherit DCP's environment and must not be.</summary>
    private static readonly string[] s_ownVariables =
    [
        "ASPNETCORE_URLS",
        "ASPNETCORE_ENVIRONMENT",
        "DOTNET_ENVIRONMENT",
        "DOTNET_LAUNCH_PROFILE",
        "ASPIRE_LOGLEVEL",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _sessionFolder;
    private readonly DcpLogSocket _log;

    private DcpHost(string sessionFolder, DcpLogSocket log, DcpClient client)
    {
        _sessionFolder = sessionFolder;
        _log = log;
        Client = client;
    }

    public DcpClient Client { get; }

    /// <summary>Starts DCP and waits until its API answers.</summary>
    /// <param name="dcpPath">The program.</param>
    /// <param name="containerRuntime">The container runtime to use, or null to let DCP choose.</param>
    /// <param name="loggers">Takes what DCP logs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">DCP did not start.</exception>
    public static async Task<DcpHost> StartAsync(
        string dcpPath,
        string? containerRuntime,
        ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        // DCP removes the folder when it ends. Only its owner can enter it: the key to the API lies there.
        var session = Directory.CreateTempSubdirectory("aspire-dcp-").FullName;
        var log = new DcpLogSocket(Path.Combine(session, "output.sock"), loggers);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_startLimit);
        DcpClient? client = null;
        try
        {
            var certificate = WriteCertificate(session);
            await LaunchAsync(dcpPath, session, containerRuntime, limit.Token).ConfigureAwait(false);

            var (server, token) = await ReadKubeConfigAsync(session, limit.Token).ConfigureAwait(false);
            client = new DcpClient(server, token, certificate);
            while (!await client.IsReadyAsync(limit.Token).ConfigureAwait(false))
            {
                await Task.Delay(s_pollInterval, limit.Token).ConfigureAwait(false);
            }

            return new DcpHost(session, log, client);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await CleanUpAsync().ConfigureAwait(false);
            throw new DistributedApplicationException(
                $"DCP ({dcpPath}) did not answer within {s_startLimit.TotalSeconds:0} seconds."
            );
        }
        catch
        {
            await CleanUpAsync().ConfigureAwait(false);
            throw;
        }

        async Task CleanUpAsync()
        {
            client?.Dispose();
            await log.DisposeAsync().ConfigureAwait(false);
            Directory.Delete(session, recursive: true);
        }
    }

    /// <summary>Stops everything that runs and waits until DCP has cleaned up after itself.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Client.StopAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            // It has ended already, and with it all it ran; what it could not tidy is tidied below.
            if (Directory.Exists(_sessionFolder))
            {
                Directory.Delete(_sessionFolder, recursive: true);
            }

            return;
        }

        while (Directory.Exists(_sessionFolder))
        {
            await Task.Delay(s_pollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the certificate that DCP serves with. Left alone, it would make an RSA one, which takes it seconds.
    /// </summary>
    private static X509Certificate2 WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)
        );
        var now = DateTimeOffset.UtcNow;
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));

        WritePrivate(CertificateFile(folder), certificate.ExportCertificatePem());
        WritePrivate(KeyFile(folder), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static void WritePrivate(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }

    private static async Task LaunchAsync(
        string dcpPath,
        string session,
        string? containerRuntime,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(dcpPath)
        {
            ArgumentList =
            {
                "start-apiserver",
                "--monitor",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                "--monitor-interval",
                "1",
                "--detach",
                "--kubeconfig",
                KubeConfigFile(session),
                "--tls-cert-file",
                CertificateFile(session),
                "--tls-key-file",
                KeyFile(session),
            },
            WorkingDirectory = Path.GetDirectoryName(dcpPath),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!string.IsNullOrEmpty(containerRuntime))
        {
            start.ArgumentList.Add("--container-runtime");
            start.ArgumentList.Add(containerRuntime);
        }

        foreach (var variable in s_ownVariables)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["DCP_SESSION_FOLDER"] = session;
        start.Environment["DCP_LOG_SOCKET"] = Path.Combine(session, "output.sock");

        using var launcher = Process.Start(start)!;
        launcher.StandardInput.Close();
        await launcher.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (launcher.ExitCode != 0)
        {
            var output = await launcher.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            throw new DistributedApplicationException(
                $"DCP ({dcpPath}) ended with {launcher.ExitCode}: {output.Trim()}"
            );
        }
    }

    /// <summary>Waits for the file, which appears whole, and takes what is needed from it.</summary>
    private static async Task<(Uri Server, string Token)> ReadKubeConfigAsync(
        string session,
        CancellationToken cancellationToken
    )
    {
        var file = KubeConfigFile(session);
        while (!File.Exists(file))
        {
            await Task.Delay(s_pollInterval, cancellationToken).ConfigureAwait(false);
        }

        var text = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        return (new Uri(ServerLine().Match(text).Groups[1].Value), TokenLine().Match(text).Groups[1].Value);
    }

    private static string KubeConfigFile(string session) => Path.Combine(session, "kubeconfig");

    private static string CertificateFile(string session) => Path.Combine(session, "server.pem");

    private static string KeyFile(string session) => Path.Combine(session, "server.key");

    [GeneratedRegex(@"^\s*server:\s*""?([^\s""]+)", RegexOptions.Multiline)]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"^\s*token:\s*""?([^\s""]+)", RegexOptions.Multiline)]
    private static partial Regex TokenLine();
}
