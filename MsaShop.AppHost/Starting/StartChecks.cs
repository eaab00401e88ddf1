using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MsaShop.AppHost.Starting;

/// <summary>Reports in one line what would keep the shop from starting, before anything has started.</summary>
internal static class StartChecks
{
    /// <summary>The assembly metadata keys with the paths of the orchestrator's and the dashboard's programs.</summary>
    internal static readonly string[] Programs = ["dcpclipath", "aspiredashboardpath"];

    /// <summary>The launch profile's variables with the AppHost's and the dashboard's addresses.</summary>
    private static readonly string[] s_dashboardAddresses =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    /// <summary>
    /// Fails the start with a <see cref="DistributedApplicationException"/> if a package is only partly restored, a
    /// port is taken, or another shop uses the same data.
    /// </summary>
    public static void CheckBeforeStart(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        builder.Services.AddSingleton(_ => new DataDirectoryClaim(builder.DataDirectoryOfAll()));
        builder.OnBeforeStart(
            (starting, _) =>
            {
                CheckPrograms(builder.AppHostAssembly);
                // Creates the claim, which is held until the application is disposed.
                starting.Services.GetRequiredService<DataDirectoryClaim>();
                if (!builder.HasRandomPorts())
                {
                    CheckPorts(starting.Model, builder.Configuration);
                }

                return Task.CompletedTask;
            }
        );
    }

    internal static void CheckPrograms(Assembly? appHost)
    {
        var missing = (appHost?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [])
            .Where(metadata => Programs.Contains(metadata.Key) && !File.Exists(metadata.Value))
            .Select(metadata => metadata.Value)
            .ToArray();
        if (missing.Length > 0)
        {
            throw new DistributedApplicationException(
                $"Aspire's packages are not all there ({string.Join(", ", missing)} is missing): run dotnet restore --force MsaShop.sln, then dotnet build MsaShop.AppHost."
            );
        }
    }

    private static void CheckPorts(DistributedApplicationModel model, ConfigurationManager configuration)
    {
        var wanted = model
            .Resources.SelectMany(resource =>
                resource
                    .Annotations.OfType<EndpointAnnotation>()
                    .Where(endpoint => endpoint.Port is > 0)
                    .Select(endpoint => (Port: endpoint.Port!.Value, User: resource.Name))
            )
            .Concat(
                s_dashboardAddresses
                    .SelectMany(key => configuration[key]?.Split(';') ?? [])
                    .Where(address => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Port > 0)
                    .Select(address => (new Uri(address).Port, User: "the dashboard"))
            );
        var complaints = wanted
            .Distinct()
            .GroupBy(wanted => wanted.Port, wanted => wanted.User)
            .Select(users =>
                users.Count() > 1 ? $"port {users.Key} is wanted by both {string.Join(" and ", users)}"
                : PortHolder.IsFree(users.Key) ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"port {users.Key} of {users.Single()} is taken by {PortHolder.Describe(users.Key) ?? "another program"}"
                )
            )
            .Where(complaint => complaint is not null)
            .ToArray();
        if (complaints.Length > 0)
        {
            throw new DistributedApplicationException(
                $"The shop cannot start: {string.Join("; ", complaints)}. Stop what has it, or run beside it with aspire run --isolated."
            );
        }
    }
}
