using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The dashboard, run by DCP like any resource but not shown among them. Its addresses are there before it is: they
/// are DCP's, and stay when it is started anew.
/// </summary>
internal sealed class DashboardProcess(
    DcpClient dcp,
    DashboardSettings settings,
    IConfiguration configuration,
    ILogger logger
)
{
    public const string Name = "aspire-dashboard";

    private const string HttpService = $"{Name}-http";
    private const string OtlpService = $"{Name}-otlp";
    private const string OtlpHttpService = $"{Name}-otlp-http";

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The DCP services of the dashboard and the ports that they must have, if any.</summary>
    public static IReadOnlyList<(string Name, Uri? Url)> Services(DashboardSettings settings) =>
        [(HttpService, settings.Url), (OtlpService, settings.OtlpUrl), (OtlpHttpService, settings.OtlpHttpUrl)];

    /// <summary>Starts the dashboard and lets the resources know where to send their telemetry.</summary>
    /// <param name="program">The dashboard's program.</param>
    /// <param name="ports">The ports that DCP gave its services.</param>
    /// <param name="resourceServiceUrl">Where it can ask about the resources.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address for the browser.</returns>
    public async Task<Uri> StartAsync(
        string program,
        IReadOnlyDictionary<string, int> ports,
        string resourceServiceUrl,
        CancellationToken cancellationToken
    )
    {
        var scheme = settings.Url?.Scheme ?? Uri.UriSchemeHttp;
        var url = new Uri($"{scheme}://localhost:{ports[HttpService]}");
        configuration[DashboardSettings.OtlpUrlKey] =
            $"{settings.OtlpUrl?.Scheme ?? Uri.UriSchemeHttp}://localhost:{ports[OtlpService]}";
        configuration[DashboardSettings.OtlpHttpUrlKey] =
            $"{settings.OtlpHttpUrl?.Scheme ?? Uri.UriSchemeHttp}://localhost:{ports[OtlpHttpService]}";

        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Bind(settings.Url, HttpService),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            [DashboardSettings.OtlpUrlKey] = Bind(settings.OtlpUrl, OtlpService),
            [DashboardSettings.OtlpHttpUrlKey] = Bind(settings.OtlpHttpUrl, OtlpHttpService),
            [DashboardSettings.ResourceServiceUrlKey] = resourceServiceUrl,
            ["DASHBOARD__FRONTEND__PUBLICURL"] = url.ToString(),
            ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = settings.ResourceServiceApiKey,
            ["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = "http://localhost:*,https://localhost:*",
            ["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*",
            ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
        };
        if (settings.AllowAnonymous)
        {
            environment[DashboardSettings.AllowAnonymousKey] = "true";
        }
        else
        {
            environment["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
            environment["DASHBOARD__FRONTEND__BROWSERTOKEN"] = settings.BrowserToken;
            environment["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
            environment["DASHBOARD__OTLP__PRIMARYAPIKEY"] = settings.OtlpApiKey;
            environment["DASHBOARD__API__AUTHMODE"] = "ApiKey";
            environment["DASHBOARD__API__PRIMARYAPIKEY"] = settings.OtlpApiKey;
        }

        await dcp.CreateAsync(
                new DcpExecutable
                {
                    Metadata =
                    {
                        Name = Name,
                        Annotations = new()
                        {
                            [DcpAnnotations.ResourceName] = Name,
                            [DcpAnnotations.ServiceProducer] = ServiceProducers.ToJson(
                                Services(settings)
                                    .Select(service => new DcpServiceProducer
                                    {
                                        ServiceName = service.Name,
                                        Address = "localhost",
                                    })
                            ),
                        },
                    },
                    Spec =
                    {
                        ExecutablePath = program,
                        WorkingDirectory = Path.GetDirectoryName(program),
                        Args = ["dashboard"],
                        Env = [.. environment.Select(pair => new DcpEnvVar(pair.Key, pair.Value))],
                    },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return url;
    }

    /// <summary>Says where the dashboard is as soon as it answers there.</summary>
    public async Task AnnounceAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(2),
        };
        while (!await AnswersAsync(http, url, cancellationToken).ConfigureAwait(false))
        {
            var process = await dcp.FindAsync<DcpExecutable>(Name, cancellationToken).ConfigureAwait(false);
            if (process?.Status?.State is { } state && Orchestration.DcpStates.IsTerminal(state))
            {
                logger.LogError(
                    "The dashboard has ended ({State}, exit code {ExitCode}): {Output}",
                    state,
                    process.Status.ExitCode,
                    await LastWordsAsync(cancellationToken).ConfigureAwait(false)
                );
                return;
            }

            await Task.Delay(s_pollInterval, cancellationToken).ConfigureAwait(false);
        }

        if (settings.AllowAnonymous)
        {
            logger.LogInformation("The dashboard is at {Url}", url);
        }
        else
        {
            logger.LogInformation("Login to the dashboard at {Url}login?t={Token}", url, settings.BrowserToken);
        }
    }

    private static string Bind(Uri? given, string service) =>
        $"{given?.Scheme ?? Uri.UriSchemeHttp}://localhost:{DcpTemplates.PortForServing(service)}";

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url, "/login"), cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode < 500;
        }
        catch (Exception exception)
            when (exception is HttpRequestException
                || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    private async Task<string> LastWordsAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var source in (DcpLogSource[])[DcpLogSource.StdErr, DcpLogSource.StdOut])
        {
            await foreach (
                var line in dcp.ReadLogAsync<DcpExecutable>(Name, source, follow: false, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                lines.Add(line);
            }
        }

        return string.Join('\n', lines.TakeLast(20));
    }
}
