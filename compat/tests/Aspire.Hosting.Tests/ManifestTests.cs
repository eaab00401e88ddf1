using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests;

public class ManifestTests
{
    [Fact]
    public async Task The_manifest_says_what_the_model_says()
    {
        var manifest = await PublishAsync(builder =>
        {
            var secret = builder.AddParameter("apisecret", secret: true);
            var database = builder.AddMySql("mysql").WithDataVolume("mysql-data").AddDatabase("appdb");
            builder
                .AddProject("api", "Api/Api.csproj")
                .WithHttpEndpoint(port: 8081)
                .WithHttpEndpoint(name: "admin")
                .WithExternalHttpEndpoints()
                .WithReference(database)
                .WithEnvironment("SECRET", secret);
            builder.AddContainer("hidden", "image").ExcludeFromManifest();
        });

        var expected = JsonNode.Parse(
            """
            {
              "resources": {
                "apisecret": {
                  "type": "parameter.v0",
                  "value": "{apisecret.inputs.value}",
                  "inputs": { "value": { "type": "string", "secret": true } }
                },
                "mysql": {
                  "type": "container.v0",
                  "connectionString": "Server={mysql.bindings.tcp.host};Port={mysql.bindings.tcp.port};User ID=root;Password={mysql-password.value}",
                  "image": "docker.io/library/mysql:9.7",
                  "volumes": [ { "name": "mysql-data", "target": "/var/lib/mysql", "readOnly": false } ],
                  "env": { "MYSQL_ROOT_PASSWORD": "{mysql-password.value}" },
                  "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 3306 } }
                },
                "appdb": { "type": "value.v0", "connectionString": "{mysql.connectionString};Database=appdb" },
                "api": {
                  "type": "project.v0",
                  "path": "Api/Api.csproj",
                  "env": {
                    "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory",
                    "ASPNETCORE_FORWARDEDHEADERS_ENABLED": "true",
                    "HTTP_PORTS": "{api.bindings.http.targetPort};{api.bindings.admin.targetPort}",
                    "ConnectionStrings__appdb": "{appdb.connectionString}",
                    "APPDB_HOST": "{mysql.bindings.tcp.host}",
                    "APPDB_PORT": "{mysql.bindings.tcp.port}",
                    "APPDB_USERNAME": "root",
                    "APPDB_PASSWORD": "{mysql-password.value}",
                    "APPDB_URI": "mysql://root:{mysql-password-uri-encoded.value}@{mysql.bindings.tcp.host}:{mysql.bindings.tcp.port}/appdb",
                    "APPDB_JDBCCONNECTIONSTRING": "jdbc:mysql://{mysql.bindings.tcp.host}:{mysql.bindings.tcp.port}/appdb",
                    "APPDB_DATABASENAME": "appdb",
                    "SECRET": "{apisecret.value}"
                  },
                  "bindings": {
                    "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "port": 8081, "external": true },
                    "admin": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 8000, "external": true }
                  }
                },
                "mysql-password": {
                  "type": "parameter.v0",
                  "value": "{mysql-password.inputs.value}",
                  "inputs": {
                    "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22 } } }
                  }
                },
                "mysql-password-uri-encoded": {
                  "type": "annotated.string",
                  "value": "{mysql-password.value}",
                  "filter": "uri"
                }
              }
            }
            """
        )!;
        Assert.Equal(expected.ToJsonString(), manifest.ToJsonString());
    }

    [Fact]
    public async Task A_storefront_without_a_Dockerfile_gets_one_beside_the_manifest()
    {
        var manifest = await PublishAsync(
            builder => builder.AddViteApp("web", "web"),
            folder =>
                Assert.Contains(
                    "npm run build",
                    File.ReadAllText(Path.Combine(folder, "web.Dockerfile")),
                    StringComparison.Ordinal
                )
        );

        var web = manifest["resources"]!["web"]!;
        Assert.Equal("container.v1", (string?)web["type"]);
        Assert.Equal(
            """{"context":"web","dockerfile":"web.Dockerfile","buildOnly":true}""",
            web["build"]!.ToJsonString()
        );
        Assert.Equal(8000, (int)web["bindings"]!["http"]!["targetPort"]!);
    }

    private static async Task<JsonNode> PublishAsync(
        Action<IDistributedApplicationBuilder> declare,
        Action<string>? inspect = null
    )
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var builder = DistributedApplication.CreateBuilder(
                new DistributedApplicationOptions
                {
                    Args = ["--operation", "publish", "--publisher", "manifest", "--output-path", folder.FullName],
                    ProjectDirectory = folder.FullName,
                }
            );
            declare(builder);

            // It ends by itself.
            await builder.Build().RunAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);

            inspect?.Invoke(folder.FullName);
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "aspire-manifest.json")))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
