using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard and what feeds it listen, and what each wants to see from a caller.</summary>
internal sealed record DashboardSettings
{
    public const string UrlsKey = "ASPNETCORE_URLS";
    public const string OtlpUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttpUrlKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    public const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    public const string AllowAnonymousKey = "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS";
    public const string BrowserTokenKey = "AppHost:BrowserToken";
    public const string OtlpApiKeyKey = "AppHost:OtlpApiKey";
    public const string ResourceServiceApiKeyKey = "AppHost:ResourceService:ApiKey";

    public required Uri? Url { get; init; }

    public required Uri? OtlpUrl { get; init; }

    public required Uri? OtlpHttpUrl { get; init; }

    public required Uri? ResourceServiceUrl { get; init; }

    public required bool AllowAnonymous { get; init; }

    public required string BrowserToken { get; init; }

    public required string OtlpApiKey { get; init; }

    public required string ResourceServiceApiKey { get; init; }

    /// <summary>Reads the settings; keys that are not set are made up and written back, so that others find them.</summary>
    public static DashboardSettings From(IConfiguration configuration) =>
        new()
        {
            Url = ReadUrl(configuration, UrlsKey),
            OtlpUrl = ReadUrl(configuration, OtlpUrlKey),
            OtlpHttpUrl = ReadUrl(configuration, OtlpHttpUrlKey),
            ResourceServiceUrl = ReadUrl(configuration, ResourceServiceUrlKey),
            AllowAnonymous =
                configuration[AllowAnonymousKey] is { } value
                && (value == "1" || bool.TryParse(value, out var allow) && allow),
            BrowserToken = ReadOrMake(configuration, BrowserTokenKey),
            OtlpApiKey = ReadOrMake(configuration, OtlpApiKeyKey),
            ResourceServiceApiKey = ReadOrMake(configuration, ResourceServiceApiKeyKey),
        };

    private static Uri? ReadUrl(IConfiguration configuration, string key)
    {
        if (configuration[key]?.Split(';', 2)[0] is not { Length: > 0 } url)
        {
            return null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? uri
            : throw new DistributedApplicationException($"{key} is '{url}', which is not a URL.");
    }

    private static string ReadOrMake(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : configuration[key] = RandomNumberGenerator.GetHexString(32, lowercase: true);
}
