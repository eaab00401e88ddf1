using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>The two programs that an AppHost needs beside itself.</summary>
/// <param name="DcpPath">Runs the resources.</param>
/// <param name="DashboardPath">Shows them.</param>
internal sealed record AspireBundle(string DcpPath, string DashboardPath)
{
    /// <summary>The release that this code is written against.</summary>
    public const string Version = "13.5.4";

    private static string Executable(string name) => OperatingSystem.IsWindows() ? $"{name}.exe" : name;

    /// <summary>
    /// Finds both programs: where the configuration or the environment says, else in this user's cache, which is
    /// filled from npm the first time.
    /// </summary>
    /// <exception cref="DistributedApplicationException">They are nowhere and cannot be fetched.</exception>
    public static async Task<AspireBundle> FindAsync(
        IConfiguration configuration,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var dcp = Given(configuration["DcpPublisher:CliPath"]) ?? InFolder(configuration["ASPIRE_DCP_PATH"], "dcp");
        var dashboard =
            Given(configuration["DcpPublisher:DashboardPath"]) ?? Given(configuration["ASPIRE_DASHBOARD_PATH"]);
        if (dcp is not null && dashboard is not null)
        {
            return new AspireBundle(dcp, dashboard);
        }

        var bundle = configuration["ASPIRE_BUNDLE_VERSION_DIR"] is { Length: > 0 } folder
            ? InVersionFolder(folder)
                ?? throw new DistributedApplicationException(
                    $"ASPIRE_BUNDLE_VERSION_DIR is '{folder}', which holds no dcp and aspire-managed."
                )
            : await new BundleInstaller(logger).GetAsync(cancellationToken).ConfigureAwait(false);
        return new AspireBundle(dcp ?? bundle.DcpPath, dashboard ?? bundle.DashboardPath);
    }

    /// <summary>The bundle in a folder as <c>aspire setup</c> lays it out, or null when it is not whole.</summary>
    public static AspireBundle? InVersionFolder(string folder)
    {
        var bundle = new AspireBundle(
            Path.Combine(folder, "dcp", Executable("dcp")),
            Path.Combine(folder, "managed", Executable("aspire-managed"))
        );
        return File.Exists(bundle.DcpPath) && File.Exists(bundle.DashboardPath) ? bundle : null;
    }

    private static string? InFolder(string? folder, string name) =>
        string.IsNullOrEmpty(folder) ? null : Given(Path.Combine(folder, Executable(name)));

    private static string? Given(string? path) =>
        string.IsNullOrEmpty(path) ? null
        : File.Exists(path) ? path
        : throw new DistributedApplicationException($"There is no '{path}', which the settings name.");
}
