using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Aspirate.Tests;

/// <summary>What the tool makes of a manifest, as its own templates put it.</summary>
public sealed class GenerateTests : IDisposable
{
    private const string Manifest = """
        {
          "resources": {
            "password": {
              "type": "parameter.v0",
              "value": "{password.inputs.value}",
              "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 30 } } } }
            },
            "db": {
              "type": "container.v0",
              "connectionString": "Server={db.bindings.tcp.host};Port={db.bindings.tcp.port};Password={password.value}",
              "image": "docker.io/library/MariaDB:11",
              "args": ["--skip-name-resolve"],
              "volumes": [{ "name": "Shop.Data", "target": "/var/lib/mysql", "readOnly": false }],
              "env": { "ROOT": "{password.value}" },
              "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "port": 3307, "targetPort": 3306 } }
            },
            "shop": { "type": "value.v0", "connectionString": "{db.connectionString};Database=shop" },
            "tool": { "type": "executable.v0", "command": "true", "workingDirectory": "." },
            "password-uri-encoded": { "type": "annotated.string", "value": "{password.value}", "filter": "uri" },
            "api": {
              "type": "project.v0",
              "path": "Api/Api.csproj",
              "env": {
                "HTTP_PORTS": "{api.bindings.http.targetPort}",
                "ConnectionStrings__shop": "{shop.connectionString}",
                "SHOP_URI": "mysql://root:{password-uri-encoded.value}@db"
              },
              "bindings": {
                "http": { "scheme": "http", "protocol": "tcp", "transport": "http" },
                "https": { "scheme": "https", "protocol": "tcp", "transport": "http" }
              }
            },
            "web": {
              "type": "container.v1",
              "build": { "context": "web", "dockerfile": "web/Dockerfile" },
              "env": { "API_HTTP": "{api.bindings.http.url}", "API_HTTPS": "{api.bindings.https.url}" },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 3000 } }
            },
            "files": {
              "type": "container.v1",
              "build": { "context": "web", "dockerfile": "web/Dockerfile", "buildOnly": true }
            }
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("aspirate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_resource_that_runs_gets_a_folder_and_the_rest_none()
    {
        Generate("-pa", "password=pw");

        Assert.Equal(["api", "db", "web"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
        Assert.Equal(
            """{"namespace":"shop","resources":["db","api","web","namespace.yaml"],"generatorOptions":{"disableNameSuffixHash":"true"}}""",
            Read("kustomization.yaml").ToJsonString()
        );
    }

    [Fact]
    public void A_project_is_a_deployment_of_its_image_on_the_ports_that_nobody_named()
    {
        Generate("-pa", "password=pw");

        var container = Read("api/deployment.yaml")["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal("registry.example.com/team/api:1.2", container["image"]!.ToString());
        Assert.Equal(["8080", "8443"], container["ports"]!.AsArray().Select(port => $"{port!["containerPort"]}"));
        Assert.Equal("8080", Read("api/service.yaml")["spec"]!["ports"]![0]!["port"]!.ToString());
    }

    [Fact]
    public void A_container_with_a_volume_is_a_stateful_set_that_claims_it()
    {
        Generate("-pa", "password=pw");

        var spec = Read("db/statefulset.yaml")["spec"]!;
        Assert.Equal("shop-data", spec["volumeClaimTemplates"]![0]!["metadata"]!["name"]!.ToString());
        var container = spec["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal("docker.io/library/mariadb:11", container["image"]!.ToString());
        Assert.Equal("--skip-name-resolve", container["args"]![0]!.ToString());
    }

    [Fact]
    public void Values_take_the_place_of_expressions_secret_ones_too_and_are_escaped_for_html()
    {
        Generate("-pa", "password=$(PW)");

        Assert.Equal(
            [
                "HTTP_PORTS=8080",
                "ConnectionStrings__shop=Server&#x3D;db;Port&#x3D;3307;Password&#x3D;$(PW);Database&#x3D;shop",
                "SHOP_URI=mysql://root:{password-uri-encoded.value}@db",
                "ASPNETCORE_URLS=http://+:8080;",
            ],
            Literals("api")
        );
        Assert.Equal(["API_HTTP=http://api:8080"], Literals("web"));
    }

    [Fact]
    public void A_parameter_that_can_be_generated_need_not_be_given()
    {
        Generate();

        Assert.Equal("ROOT=".Length + 30, Literals("db").Single().Length);
    }

    [Fact]
    public void The_templates_of_the_settings_file_are_used()
    {
        var templates = Directory.CreateDirectory(Path.Combine(_folder, "templates")).FullName;
        foreach (var name in (string[])["deployment", "statefulset", "service", "kustomization", "namespace"])
        {
            File.WriteAllText(
                Path.Combine(templates, $"{name}.hbs"),
                name == "deployment" ? "{{#if env.HTTP_PORTS}}{{{env.SHOP_URI}}}{{else}}{{name}}{{/if}}" : "own: true"
            );
        }

        Generator.Run(Options() with { TemplatePath = templates }, TextWriter.Null);

        Assert.Equal(
            "mysql://root:{password-uri-encoded.value}@db",
            File.ReadAllText(Path.Combine(_folder, "api", "deployment.yaml"))
        );
        Assert.Equal("web", File.ReadAllText(Path.Combine(_folder, "web", "deployment.yaml")));
    }

    [Theory]
    [InlineData("generate --helm", "'--helm' is not a flag of this stand-in")]
    [InlineData("generate -o", "-o wants a value")]
    [InlineData("generate -pa password", "-pa wants name=value, not 'password'")]
    [InlineData("generate --skip-build", "this stand-in asks nothing: give --non-interactive")]
    [InlineData("apply", "'apply' is not a command of this stand-in: generate is")]
    public void What_is_wrong_with_the_command_line_is_said_in_one_line(string line, string problem)
    {
        var exception = Assert.Throws<AspirateException>(() => GenerateOptions.Parse(line.Split(' ')));

        Assert.Equal(problem, exception.Message);
    }

    [Fact]
    public void A_parameter_without_a_value_ends_the_run()
    {
        var manifest = Manifest.Replace(
            ", \"default\": { \"generate\": { \"minLength\": 30 } }",
            "",
            StringComparison.Ordinal
        );

        var exception = Assert.Throws<AspirateException>(() => Generator.Run(Options(manifest), TextWriter.Null));

        Assert.Equal("the parameter 'password' has no value: give -pa password=value", exception.Message);
        Assert.Empty(Directory.GetDirectories(_folder));
    }

    [Fact]
    public void A_parameter_that_the_manifest_has_not_is_a_mistake()
    {
        var exception = Assert.Throws<AspirateException>(() => Generate("-pa", "pasword=pw"));

        Assert.Equal("the manifest has no parameter 'pasword'", exception.Message);
    }

    private void Generate(params string[] more) => Generator.Run(Options(Manifest, more), TextWriter.Null);

    private GenerateOptions Options(string manifest = Manifest, params string[] more)
    {
        var path = Path.Combine(_folder, "aspire-manifest.json");
        File.WriteAllText(path, manifest);
        return GenerateOptions.Parse([
            .. "generate --non-interactive --skip-build --disable-state --disable-secrets --include-dashboard false".Split(
                ' '
            ),
            .. "--image-pull-policy IfNotPresent --output-format kustomize --namespace shop".Split(' '),
            .. "-cr registry.example.com/team -ct 1.2".Split(' '),
            "-m",
            path,
            "-o",
            _folder,
            .. more,
        ]);
    }

    private IEnumerable<string> Literals(string resource) =>
        Read($"{resource}/kustomization.yaml")["configMapGenerator"]![0]!["literals"]!
            .AsArray()
            .Select(literal => literal!.ToString());

    private JsonNode Read(string path)
    {
        using var reader = File.OpenText(Path.Combine(_folder, path));
        var yaml = new DeserializerBuilder().Build().Deserialize(reader);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml))!;
    }
}
