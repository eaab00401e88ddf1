using Microsoft.Extensions.Hosting;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Databases;
using MsaShop.AppHost.Security;

namespace MsaShop.AppHost;

internal static class ShopServiceExtensions
{
    /// <summary>
    /// Adds a service. With a database, its migrations run first, as <c>{name}-migrate</c>: the same program with the
    /// argument <c>migrate</c>, which exits once the database is up to date and has its development data. Publish mode
    /// has no such resource: the cluster runs the program as an init container of each service with
    /// <c>SHOP_DATABASE</c>.
    /// </summary>
    /// <param name="name">The resource's name, which is also its host name.</param>
    /// <param name="port">The port on a developer's machine.</param>
    /// <param name="database">The service's own database; no other service reads it.</param>
    /// <param name="configureMigration">Adds what the migration needs beyond the database.</param>
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
            // Aspire's default samples everything, even calls whose caller opted out of tracing and the health checks'
            // queries.
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
    /// Adds a command of the service's program, as <c>{service}-{command}</c>, which developers start in the dashboard;
    /// its log has the result. Run mode only.
    /// </summary>
    /// <param name="configure">Adds what the command needs beyond the database.</param>
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

    /// <summary>Adds a run of the service's program that does one thing and exits.</summary>
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
    /// Sets the port of the <c>http</c> endpoint. In run mode the program listens behind a proxy that has the port; in
    /// the cluster there is no proxy, and every pod has all ports to itself.
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
