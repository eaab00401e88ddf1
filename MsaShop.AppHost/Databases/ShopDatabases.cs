using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Security;
using MsaShop.AppHost.Starting;
using MySqlConnector;

namespace MsaShop.AppHost.Databases;

/// <summary>
/// The shop's MySQL servers. Where a container runtime runs they are containers with a data volume; elsewhere they are
/// local processes with a data folder. The configuration value <c>Shop:Database</c>, <c>container</c> or
/// <c>process</c>, forces one of the two.
/// </summary>
internal static class ShopDatabases
{
    private const string ImageTag = "8.4";

    /// <summary>Where the servers are in the cluster, apart from who uses them.</summary>
    private const string ClusterNamespace = "database";

    /// <summary>
    /// Connections of one replica in the cluster. A server takes 300: two services of four replicas each, and some to
    /// spare while they are replaced.
    /// </summary>
    private const int ClusterPoolSize = 30;

    /// <summary>Text is UTF-8 with four bytes, compared alike on MySQL and MariaDB; times are UTC.</summary>
    private static readonly string[] s_serverOptions =
    [
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_ci",
        "--default-time-zone=+00:00",
    ];

    /// <summary>Adds a MySQL server that keeps its data when the shop stops.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The TCP port on a developer's machine.</param>
    public static ShopMySqlServer AddShopMySql(this IDistributedApplicationBuilder builder, string name, int port)
    {
        var password = builder.AddGeneratedPassword($"{name}-password", $"Root's on {name}.");

        if (builder.ExecutionContext.IsPublishMode)
        {
            // Every pod has port 3306 to itself.
            var pod = builder
                .AddMySql(name, password)
                .WithImageTag(ImageTag)
                .WithArgs([.. s_serverOptions])
                .WithDataVolume("data");
            var server = ShopMySqlServer.Of(pod, pod.Resource.PrimaryEndpoint);
            // The names of its databases tell the cluster what to create.
            pod.WithEnvironment("SHOP_DATABASES", () => string.Join(' ', server.Databases));
            return server;
        }

        if (DatabaseHosting.UseContainers(builder.Configuration))
        {
            var container = builder
                .AddMySql(name, password, port)
                .WithServerAddress()
                .WithImageTag(ImageTag)
                .WithArgs([.. s_serverOptions]);
            if (builder.KeepsDataByItself())
            {
                container.WithDataVolume();
            }

            container.ExplainFailures(
                $"If its image cannot be pulled, pull mysql:{ImageTag} by hand or run with --Shop:Database=process.",
                "its data volume"
            );
            return ShopMySqlServer.Of(container, container.Resource.PrimaryEndpoint);
        }

        var process = builder
            .AddMySqlProcess(name, password, port)
            .WithArgs([.. s_serverOptions])
            .ExplainFailures(
                "A data folder of a newer server, or of the other kind (MySQL, MariaDB), is none that it can read.",
                builder.DataDirectoryOf(name)
            );
        return ShopMySqlServer.Of(process, process.Resource.PrimaryEndpoint);
    }

    /// <summary>
    /// Adds a database with a user of its own, named like it, who can reach nothing else on the server. Both are
    /// created when the server is ready, and again whenever it is started anew.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddShopDatabase(
        this ShopMySqlServer server,
        string name
    )
    {
        var builder = server.Resource.ApplicationBuilder;
        var password = builder.AddGeneratedPassword($"{name}-password", $"Of the one user who can reach {name}.");
        var host = server.Endpoint.Property(EndpointProperty.Host);
        var port = server.Endpoint.Property(EndpointProperty.Port);
        var domain = builder.ExecutionContext.IsPublishMode ? $".{ClusterNamespace}" : "";
        // No service leaves anything behind in a session that would have to be cleared for the next user of its connection,
        // which costs a trip to the server each time.
        var pool =
            ";Connection Reset=false"
            + (builder.ExecutionContext.IsPublishMode ? $";Maximum Pool Size={ClusterPoolSize}" : "");
        server.Databases.Add(name);

        server.OnReady(
            async (rootConnectionString, cancellationToken) =>
                await CreateDatabaseAsync(
                    rootConnectionString,
                    name,
                    (await password.Resource.GetValueAsync(cancellationToken))!,
                    cancellationToken
                )
        );

        return builder
            .AddConnectionString(
                name,
                ReferenceExpression.Create(
                    $"Server={host}{domain};Port={port};User ID={name};Password={password};Database={name}{pool}"
                )
            )
            .WithIconName("Database")
            .WithParentRelationship(server.Resource)
            .WaitFor(server.Resource);
    }

    private static async Task CreateDatabaseAsync(
        string rootConnectionString,
        string name,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var connection = new MySqlConnection(rootConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();

        // Identifiers take no parameters; the name comes from AppHost.cs and the password holds only letters and digits.
        command.CommandText = $"""
            CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            CREATE USER IF NOT EXISTS '{name}'@'%' IDENTIFIED BY '{password}';
            ALTER USER '{name}'@'%' IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'%';
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A MySQL server, container or process alike.</summary>
/// <param name="Resource">The resource, for relationships and waiting.</param>
/// <param name="Endpoint">Where it listens.</param>
/// <param name="OnReady">Runs an action with root's connection string whenever the server has become ready.</param>
internal sealed record ShopMySqlServer(
    IResourceBuilder<IResourceWithConnectionString> Resource,
    EndpointReference Endpoint,
    Action<Func<string, CancellationToken, Task>> OnReady
)
{
    /// <summary>The names of its databases, each with a user of that name.</summary>
    public ICollection<string> Databases { get; } = [];

    public static ShopMySqlServer Of<T>(IResourceBuilder<T> server, EndpointReference endpoint)
        where T : IResourceWithConnectionString =>
        new(
            (IResourceBuilder<IResourceWithConnectionString>)server,
            endpoint,
            action =>
                server.OnResourceReady(
                    async (resource, _, cancellationToken) =>
                        await action((await resource.GetConnectionStringAsync(cancellationToken))!, cancellationToken)
                )
        );
}
