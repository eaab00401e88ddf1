using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.MySql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Aspire.Hosting;

/// <summary>Adds MySQL servers and their databases.</summary>
public static class MySqlBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/mysql";
    private const string Tag = "9.7";
    private const int Port = 3306;
    private const string DataFolder = "/var/lib/mysql";
    private const string InitFolder = "/docker-entrypoint-initdb.d";

    /// <summary>Adds a MySQL server in a container. It is healthy once root can sign in.</summary>
    public static IResourceBuilder<MySqlServerResource> AddMySql(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null
    )
    {
        var passwordParameter =
            password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new MySqlServerResource(name, passwordParameter);
        var healthCheck = AddHealthCheck(builder, server);

        return builder
            .AddResource(server)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEndpoint(port: port, targetPort: Port, scheme: "tcp", name: MySqlServerResource.PrimaryEndpointName)
            .WithEnvironment(context => context.EnvironmentVariables["MYSQL_ROOT_PASSWORD"] = server.PasswordParameter)
            .WithHealthCheck(healthCheck)
            .WithIconName("DatabaseMultiple")
            .OnResourceReady(
                async (_, ready, cancellationToken) =>
                {
                    foreach (
                        var database in builder
                            .Resources.OfType<MySqlDatabaseResource>()
                            .Where(database => database.Parent == server)
                    )
                    {
                        await CreateDatabaseAsync(database, ready.Services, cancellationToken);
                    }
                }
            );
    }

    /// <summary>Adds a database, which is created when the server is ready unless it exists.</summary>
    public static IResourceBuilder<MySqlDatabaseResource> AddDatabase(
        this IResourceBuilder<MySqlServerResource> builder,
        [ResourceName] string name,
        string? databaseName = null
    )
    {
        var database = new MySqlDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        var healthCheck = AddHealthCheck(builder.ApplicationBuilder, database);
        return builder.ApplicationBuilder.AddResource(database).WithHealthCheck(healthCheck).WithIconName("Database");
    }

    /// <summary>Creates the database with this script instead of <c>CREATE DATABASE IF NOT EXISTS</c>.</summary>
    public static IResourceBuilder<MySqlDatabaseResource> WithCreationScript(
        this IResourceBuilder<MySqlDatabaseResource> builder,
        string script
    ) => builder.WithAnnotation(new MySqlCreationScriptAnnotation(script), ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<MySqlServerResource> WithPassword(
        this IResourceBuilder<MySqlServerResource> builder,
        IResourceBuilder<ParameterResource> password
    )
    {
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Keeps the data in a volume.</summary>
    public static IResourceBuilder<MySqlServerResource> WithDataVolume(
        this IResourceBuilder<MySqlServerResource> builder,
        string? name = null,
        bool isReadOnly = false
    ) => builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder, isReadOnly);

    /// <summary>Keeps the data in a folder of the host.</summary>
    public static IResourceBuilder<MySqlServerResource> WithDataBindMount(
        this IResourceBuilder<MySqlServerResource> builder,
        string source,
        bool isReadOnly = false
    ) => builder.WithBindMount(source, DataFolder, isReadOnly);

    /// <summary>Runs a folder's scripts when the data folder is initialized.</summary>
    public static IResourceBuilder<MySqlServerResource> WithInitFiles(
        this IResourceBuilder<MySqlServerResource> builder,
        string source
    ) => builder.WithBindMount(source, InitFolder, isReadOnly: true);

    private static string AddHealthCheck(IDistributedApplicationBuilder builder, IResourceWithConnectionString resource)
    {
        var key = $"{resource.Name}_check";
        builder
            .Services.AddHealthChecks()
            .AddAsyncCheck(key, cancellationToken => CanConnectAsync(resource, cancellationToken));
        return key;
    }

    private static async Task<HealthCheckResult> CanConnectAsync(
        IResourceWithConnectionString resource,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = new MySqlConnection(
                await resource.GetConnectionStringAsync(cancellationToken)
            );
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (MySqlException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message, exception);
        }
    }

    private static async Task CreateDatabaseAsync(
        MySqlDatabaseResource database,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(database.Parent);
        try
        {
            await using var connection = new MySqlConnection(
                await ((IResourceWithConnectionString)database.Parent).GetConnectionStringAsync(cancellationToken)
            );
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = database.TryGetLastAnnotation<MySqlCreationScriptAnnotation>(out var creation)
                ? creation.Script
                : $"CREATE DATABASE IF NOT EXISTS `{database.DatabaseName.Replace("`", "``", StringComparison.Ordinal)}`";
            await command.ExecuteNonQueryAsync(cancellationToken);
            logger.LogInformation("The database '{Database}' is there", database.DatabaseName);
        }
        catch (MySqlException exception)
        {
            logger.LogError(exception, "The database '{Database}' could not be created", database.DatabaseName);
        }
    }
}
