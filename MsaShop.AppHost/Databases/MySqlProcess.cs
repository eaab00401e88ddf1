using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Starting;
using MySqlConnector;

namespace MsaShop.AppHost.Databases;

/// <summary>A MySQL or MariaDB server as a local process, for machines without a container runtime.</summary>
internal sealed class MySqlProcessResource(
    string name,
    string command,
    string dataDirectory,
    ParameterResource password
) : ExecutableResource(name, command, dataDirectory), IResourceWithConnectionString
{
    public EndpointReference PrimaryEndpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Server={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};User ID=root;Password={password}"
        );
}

internal static class MySqlProcessExtensions
{
    /// <summary>Small, because three servers share a developer's machine.</summary>
    private static readonly string[] s_sizing =
    [
        "--innodb-buffer-pool-size=64M",
        "--performance-schema=OFF",
        "--max-connections=200",
    ];

    /// <summary>The server refuses to run as root unless told to.</summary>
    private static readonly string[] s_account = Environment.UserName == "root" ? ["--user=root"] : [];

    /// <summary>Adds a server that creates its data folder on its first start.</summary>
    public static IResourceBuilder<MySqlProcessResource> AddMySqlProcess(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> password,
        int port
    )
    {
        var server = DatabaseHosting.FindServer();
        var dataDirectory = builder.DataDirectoryOf(name);
        // A starting server deletes all temporary tables that it finds, even a running neighbour's.
        var temporaryDirectory = builder.DataDirectoryOf($"{name}-tmp");
        var resource = new MySqlProcessResource(name, server, dataDirectory, password.Resource);
        var healthCheck = $"{name}_check";
        builder.Services.AddHealthChecks().AddAsyncCheck(healthCheck, token => CanConnectAsync(resource, token));

        return builder
            .AddResource(resource)
            .WithEndpoint(port: port, scheme: "tcp", name: "tcp")
            .WithHealthCheck(healthCheck)
            .WithIconName("DatabaseMultiple")
            .WithServerAddress()
            .OnBeforeResourceStarted(
                async (_, starting, cancellationToken) =>
                {
                    var logger = starting.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
                    await InitializeAsync(server, dataDirectory, temporaryDirectory, logger, cancellationToken);
                    await WriteRootPasswordAsync(
                        dataDirectory,
                        (await password.Resource.GetValueAsync(cancellationToken))!,
                        cancellationToken
                    );
                }
            )
            .OnResourceReady(
                (_, _, _) =>
                {
                    File.Delete(RootPasswordFile(dataDirectory));
                    return Task.CompletedTask;
                }
            )
            .WithArgs(
                "--no-defaults",
                $"--datadir={dataDirectory}",
                $"--tmpdir={temporaryDirectory}",
                ReferenceExpression.Create($"--port={resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort)}"),
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                // A socket's path is limited to 107 bytes, so it cannot be in the data folder.
                $"--socket={Path.Combine(Path.GetTempPath(), $"msa-shop-{Guid.NewGuid():N}"[..20] + ".sock")}",
                $"--pid-file={Path.Combine(dataDirectory, "server.pid")}",
                $"--init-file={RootPasswordFile(dataDirectory)}"
            )
            .WithArgs(s_sizing)
            .WithArgs(s_account);
    }

    private static string RootPasswordFile(string dataDirectory) => Path.Combine(dataDirectory, "root-password.sql");

    private static async Task<HealthCheckResult> CanConnectAsync(
        MySqlProcessResource server,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = new MySqlConnection(
                await ((IResourceWithConnectionString)server).GetConnectionStringAsync(cancellationToken)
            );
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (MySqlException exception)
        {
            return HealthCheckResult.Unhealthy("The server does not answer yet.", exception);
        }
    }

    /// <summary>Initializes the data folder with MariaDB's tool if there is one, otherwise by MySQL's server.</summary>
    private static async Task InitializeAsync(
        string server,
        string dataDirectory,
        string temporaryDirectory,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        if (Directory.Exists(Path.Combine(dataDirectory, "mysql")))
        {
            return;
        }

        logger.LogInformation("Making the data folder {DataDirectory}", dataDirectory);
        var install = DatabaseHosting.FindProgram("mariadb-install-db");
        var program = install ?? server;
        string[] arguments =
        [
            "--no-defaults",
            $"--datadir={dataDirectory}",
            .. install is null
                ? ["--initialize-insecure"]
                : (string[])["--auth-root-authentication-method=normal", "--skip-test-db"],
            .. s_account,
        ];
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["TMPDIR"] = temporaryDirectory },
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        logger.LogInformation("{Output}", (await output) + await errors);

        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"{Path.GetFileName(program)} could not make the data folder: it ended with {process.ExitCode}; its log is above."
            );
        }
    }

    /// <summary>The server runs this file at its start; it is deleted once the server is ready.</summary>
    private static async Task WriteRootPasswordAsync(
        string dataDirectory,
        string password,
        CancellationToken cancellationToken
    )
    {
        var file = RootPasswordFile(dataDirectory);
        await File.WriteAllTextAsync(file, "", cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await File.WriteAllTextAsync(
            file,
            $"""
            ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';
            CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
            ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;

            """,
            cancellationToken
        );
    }
}
