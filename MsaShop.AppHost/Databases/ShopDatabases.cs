using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Security;
using MsaShop.AppHost.Starting;
using MySqlConnector;

namespace MsaShop.AppHost.Databases;

/// <summary>
/// The shop's MySQL servers: containers with a data volume where a container runtime runs, otherwise local processes
/// with a data folder. <c>Shop:Database</c> (<c>container</c> or <c>process</c>) overrides the choice.
/// </summary>
internal static class ShopDatabases
{
    private const string ImageTag = "8.4";

    /// <summary>The servers' namespace in the cluster, separate from their clients.</summary>
    private const string ClusterNamespace = "database";

    /// <summary>
    /// Connections of one replica in the cluster. A server takes 300: two services of four replicas each, and some to
    /// spare during a rolling update.
    /// </summary>
    private const int ClusterPoolSize = 30;

    /// <summary>Four-byte UTF-8, a collation that MySQL and MariaDB share, and UTC times.</summary>
    private static readonly string[] s_serverOptions =
    [
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_ci",
        "--default-time-zone=+00:00",
    ];

    /// <summary>Adds a MySQL server whose data outlives the shop's run.</summary>
    /// <param name="port">The port on a developer's machine.</param>
    public static ShopMySqlServer AddShopMySql(this IDistributedApplicationBuilder builder, string name, int port)
    {
        var password = builder.AddGeneratedPassword($"{name}-password", $"Root's on {name}.");

        if (builder.ExecutionContext.IsPublishMode)
        {
            // No port: every pod has port 3306 to itself.
            var pod = builder
                .AddMySql(name, password)
                .WithImageTag(ImageTag)
                .WithArgs([.. s_serverOptions])
                .WithDataVolume("data");
            var server = ShopMySqlServer.Of(pod, pod.Resource.PrimaryEndpoint);
            // Tells the cluster which databases to create.
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
    /// Adds a database and a user of the same name who can reach nothing else on the server. Both are created whenever
    /// the server becomes ready.
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
        // Services leave no session state behind that the next user of a pooled connection could see, and a reset costs
        // a round trip each time.
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

        // Identifiers cannot be parameters. The name comes from AppHost.cs, and the password has letters and digits
        // only.
        command.CommandText = $"""
            CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            CREATE USER IF NOT EXISTS '{name}'@'%' IDENTIFIED BY '{password}';
            ALTER USER '{name}'@'%' IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'%';
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A MySQL server, whether container or process.</summary>
/// <param name="OnReady">
/// Registers an action to run, with root's connection string, whenever the server is ready.
/// </param>
internal sealed record ShopMySqlServer(
    IResourceBuilder<IResourceWithConnectionString> Resource,
    EndpointReference Endpoint,
    Action<Func<string, CancellationToken, Task>> OnReady
)
{
    /// <summary>The names of its databases, and of their users.</summary>
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
