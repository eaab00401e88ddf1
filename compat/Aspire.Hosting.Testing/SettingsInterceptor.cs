using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Gives applications under test their settings.</summary>
internal class SettingsInterceptor(
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder
) : BuilderInterceptor
{
    public override void OnConstructing(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings hostBuilderSettings
    )
    {
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        options.AllowUnsecuredTransport = true;

        // These come first: what the environment, the command line or the test says wins.
        var configuration = hostBuilderSettings.Configuration ??= new ConfigurationManager();
        configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(GetDefaults())
            {
                ["DcpPublisher:RandomizePorts"] = "true",
                ["AppHost:BrowserToken"] = "",
            }
        );
        configureBuilder(options, hostBuilderSettings);
    }

    public override void OnConstructed(DistributedApplicationBuilder builder) { }

    public override void OnBuilding(DistributedApplicationBuilder builder) { }

    public override void OnBuilt(DistributedApplication application) { }

    protected virtual Dictionary<string, string?> GetDefaults() =>
        new() { [HostDefaults.EnvironmentKey] = Environments.Development };
}
