using Microsoft.Extensions.Hosting;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Databases;
using MsaShop.AppHost.Security;

namespace MsaShop.AppHost;

/// <summary>What every service of the shop has in common, said once.</summary>
internal static class ShopServiceExtensions
{
    /// <summary>
    /// Adds a service on the port that the architecture gives it. With a database, its migrations run first, as
    /// <c>{name}-migrate</c>: the same program with the argument <c>migrate</c>, which ends when the database is up to
    /// date and the development data is there. Publish mode has no such resource: the cluster runs the same program as
    /// an init step, for each service that says with <c>SHOP_DATABASE</c> which database is its own.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, which is its host name for the others.</param>
    /// <param name="port">The TCP port on a developer's machine.</param>
    /// <param name="icon">Its icon in the dashboard.</param>
    /// <param name="database">The service's own database, which no other service reads.</param>
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
        // A launch profile is for a developer's machine; in publish mode it would add an https endpoint that nobody serves.
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
            // By itself Aspire has a service trace whatever it is asked for, even what its caller wants no trace of, and what
            // health checks ask the database.
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
    /// Adds a command of the service's own program that somebody starts in the dashboard when it is wanted, as
    /// <c>{service}-{command}</c>; its log has what it found. Run mode only.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="command">The program's argument.</param>
    /// <param name="icon">Its icon in the dashboard.</param>
    /// <param name="database">The service's own database.</param>
    /// <param name="configure">Gives it what the service has, as far as the command needs it.</param>
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

    /// <summary>Adds a run of the service's own program that does one thing and ends.</summary>
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
    /// Serves the resource's <c>http</c> endpoint on this port. In run mode the program listens elsewhere, behind a
    /// proxy that has the port; in the cluster there is none, and every pod has all ports to itself.
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
