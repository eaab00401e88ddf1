using Microsoft.Extensions.Hosting;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Databases;
using MsaShop.AppHost.Security;

namespace MsaShop.AppHost;

/// <summary>What all services have in common.</summary>
internal static class ShopServiceExtensions
{
    /// <summary>
    /// Adds a service on its fixed port. If it has a database, its migration runs first as <c>{name}-migrate</c>: the same
    /// program with the argument <c>migrate</c>, which exits once the schema is current and the development data exists.
    /// Publish mode has no such resource: the cluster runs the migration as an init container of each service whose
    /// <c>SHOP_DATABASE</c> names a database.
    /// </summary>
    /// <param name="name">The resource's name, by which others find it.</param>
    /// <param name="port">The TCP port on a developer's machine.</param>
    /// <param name="icon">For the dashboard.</param>
    /// <param name="database">The service's own database.</param>
    /// <param name="configureMigration">What the migration needs beyond the database.</param>
    public static IResourceBuilder<ProjectResource> AddShopService<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        int port,
        string icon,
        IResourceBuilder<IResourceWithConnectionString>? database = null,
        Action<IResourceBuilder<ProjectResource>>? configureMigration = null
    )
        where TProject : IProjectMetadata, new()
    {
        // Launch profiles are for developers; in publish mode one would add an https endpoint that nobody serves.
        var service = builder
            .AddProject<TProject>(
                name,
                options => options.ExcludeLaunchProfile = builder.ExecutionContext.IsPublishMode
            )
            .WithPort(port)
            .WithHttpHealthCheck("/health")
            .WithIconName(icon)
            .WithServiceLinks();
        if (builder.ExecutionContext.IsRunMode)
        {
            // By default Aspire has services trace everything, even what the caller does not trace, and the queries of
            // health checks.
            service.WithEnvironment("OTEL_TRACES_SAMPLER", "parentbased_always_on");
        }

        if (database is null)
        {
            return service;
        }

        service.WithSecretReference(database).WithPage("/openapi/v1.json", "OpenAPI document");
        if (builder.ExecutionContext.IsPublishMode)
        {
            service.WithEnvironment("SHOP_DATABASE", database.Resource.Name);
            configureMigration?.Invoke(service);
        }
        else
        {
            var migration = service
                .AddTask<TProject>("migrate", icon: "DatabaseArrowUp", database)
                .WithEnvironment("DemoData__Enabled", builder.Environment.IsDevelopment() ? "true" : "false");
            configureMigration?.Invoke(migration);
            migration.ExplainFailure();
            service.WaitForCompletion(migration);
        }

        return service;
    }

    /// <summary>
    /// Adds a command of the service's own program, which a developer starts in the dashboard as <c>{service}-{command}</c>;
    /// the result is in its log. Run mode only.
    /// </summary>
    /// <param name="command">The program's argument.</param>
    /// <param name="icon">For the dashboard.</param>
    /// <param name="database">The service's own database.</param>
    /// <param name="configure">Gives the command what it needs of the service's configuration.</param>
    public static IResourceBuilder<ProjectResource> WithCommandOnDemand<TProject>(
        this IResourceBuilder<ProjectResource> service,
        string command,
        string icon,
        IResourceBuilder<IResourceWithConnectionString> database,
        Action<IResourceBuilder<ProjectResource>> configure
    )
        where TProject : IProjectMetadata, new()
    {
        if (service.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            configure(service.AddTask<TProject>(command, icon, database).WithExplicitStart());
        }

        return service;
    }

    /// <summary>Adds a run of the service's own program that does one thing and exits.</summary>
    private static IResourceBuilder<ProjectResource> AddTask<TProject>(
        this IResourceBuilder<ProjectResource> service,
        string argument,
        string icon,
        IResourceBuilder<IResourceWithConnectionString> database
    )
        where TProject : IProjectMetadata, new() =>
        service
            .ApplicationBuilder.AddProject<TProject>(
                $"{service.Resource.Name}-{argument}",
                options => options.ExcludeLaunchProfile = true
            )
            .WithArgs(argument)
            .WithIconName(icon)
            .WithEnvironment("DOTNET_ENVIRONMENT", service.ApplicationBuilder.Environment.EnvironmentName)
            .WithSecretReference(database)
            .WithParentRelationship(service)
            .WaitFor(database);

    /// <summary>
    /// Serves the <c>http</c> endpoint on this port: behind a local proxy in run mode, directly in the cluster, where every
    /// pod has all ports to itself.
    /// </summary>
    public static IResourceBuilder<T> WithPort<T>(this IResourceBuilder<T> service, int port)
        where T : IResourceWithEndpoints =>
        service.WithEndpoint(
            "http",
            endpoint =>
            {
                endpoint.Port = port;
                endpoint.UriScheme = "http";
                if (service.ApplicationBuilder.ExecutionContext.IsPublishMode)
                {
                    endpoint.TargetPort = port;
                }
            }
        );
}
