using System.Diagnostics;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Aspirate.Tests;

/// <summary>The tool's output for a manifest, with its default templates.</summary>
public sealed class GenerateTests : IDisposable
{
    private const string Quiet = "generate --non-interactive --skip-build --disable-state --disable-secrets";
    private const string All = $"{Quiet} --include-dashboard false";

    private static readonly string s_manifest = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "aspire-manifest.json")
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("aspirate").FullName;
    private readonly string _output;

    public GenerateTests() => _output = Path.Combine(_folder, "output");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_resource_that_runs_gets_a_folder_and_the_rest_none()
    {
        Generate("-pa", "password=pw");

        Assert.Equal(["api", "db", "files", "web"], Directory.GetDirectories(_output).Select(Path.GetFileName).Order());
        Assert.Equal(
            """{"namespace":"shop","resources":["db","api","web","files","namespace.yaml"],"generatorOptions":{"disableNameSuffixHash":"true"}}""",
            Read("kustomization.yaml").ToJsonString()
        );
        Assert.Equal("files", Read("files/deployment.yaml")["metadata"]!["annotations"]!["of"]!.ToString());
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
        Assert.Equal(
            ["shop-data", "db-logs"],
            spec["volumeClaimTemplates"]!.AsArray().Select(claim => claim!["metadata"]!["name"]!.ToString())
        );
        var container = spec["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal("docker.io/library/mariadb:11", container["image"]!.ToString());
        // Expressions in arguments are not resolved.
        Assert.Equal("--port={db.bindings.tcp.port}", container["args"]![0]!.ToString());
        Assert.Equal("3307", Read("db/service.yaml")["spec"]!["ports"]![0]!["port"]!.ToString());
    }

    [Fact]
    public void Values_take_the_place_of_expressions_secret_ones_too_and_are_escaped_for_html()
    {
        Generate("-pa", "password=<$(PW)>");

        Assert.Equal(
            [
                "HTTP_PORTS=8080",
                "ConnectionStrings__shop=Server=db;Port=3307;Password=&lt;$(PW)&gt;;Database=shop",
                "SHOP_URI=mysql://root:{password-uri-encoded.value}@db",
                "ASPNETCORE_URLS=http://+:8080;",
            ],
            Literals("api")
        );
        Assert.Equal(["API_HTTP=http://api:8080"], Literals("web"));
    }

    [Theory]
    [InlineData("{db.bindings.tcp.scheme}", "http")]
    [InlineData("{web.bindings.grpc.port}-", null)]
    [InlineData("{web.bindings.grpc.port}/{web.bindings.grpc.url}/x", "/web:/x")]
    [InlineData("{db.image} of {nobody.value}", "docker.io/library/MariaDB:11 of {nobody.value}")]
    [InlineData("{{\"a\":1}} {{password.value}}", "{&quot;a&quot;:1} {password.value}")]
    [InlineData("{\"a\":1}", null)]
    [InlineData("{db.bindings.tcp_2.port}", null)]
    [InlineData("{db.bindings.tcp.port};", null)]
    [InlineData("{db.bindings.tcp}", null)]
    [InlineData("{db.bindings.udp.port}", null)]
    [InlineData("{db.bindings.tcp.name}", null)]
    [InlineData("{tool.bindings.http.url}", null)]
    public void An_expression_gives_what_the_tool_gives_and_what_it_would_spoil_is_refused(string text, string? value)
    {
        var options = Options(s_manifest.Replace("{password.value}\" },", $"{text.Replace("\"", "\\\"")}\" }},"));

        if (value is null)
        {
            Assert.Throws<AspirateException>(() => Generator.Run(options, TextWriter.Null));
        }
        else
        {
            Generator.Run(options, TextWriter.Null);
            Assert.Equal($"ROOT={value}", Literals("db").Single());
        }
    }

    [Theory]
    [InlineData("\"generate\": { \"minLength\": 30 }", 30)]
    // The tool supports generated defaults only.
    [InlineData("\"value\": \"fixed\"", 22)]
    public void A_parameter_that_can_be_generated_need_not_be_given(string fallback, int length)
    {
        Generator.Run(Options(s_manifest.Replace("\"generate\": { \"minLength\": 30 }", fallback)), TextWriter.Null);

        Assert.Equal("ROOT=".Length + length, Literals("db").Single().Length);
        Assert.Throws<AspirateException>(() => Generate("-pa", "pasword=pw"));
    }

    [Theory]
    [InlineData("\"PROJECT\"", "\"Missing.csproj\"", "there is no project Missing.csproj")]
    [InlineData("\"container.v0\"", "\"dapr.v0\"", "db is a dapr.v0, which this stand-in cannot make")]
    [InlineData(
        ", \"default\": { \"generate\": { \"minLength\": 30 } }",
        "",
        "'password' has no value: give -pa password="
    )]
    [InlineData("\"image\"", "\"picture\"", "db has neither an image nor a build")]
    [InlineData("\"{password.value}\" },", "1 },", "aspire-manifest.json: The JSON value could not be converted")]
    public void What_is_wrong_with_the_manifest_is_said_in_one_line(string before, string after, string problem)
    {
        var options = Options(s_manifest.Replace(before, after));

        var exception = Assert.Throws<AspirateException>(() => Generator.Run(options, TextWriter.Null));

        Assert.Contains(problem, exception.Message);
        Assert.False(Directory.Exists(_output));
    }

    [Fact]
    public void A_template_sees_what_the_tool_shows_it()
    {
        OwnTemplates(
            "{{name}} {{isProject}} {{secretsDisabled}} {{annotations.of}} {{hasBindMounts}}{{#each bindMounts}}mount{{/each}}"
                + "{{#each secrets}}{{@key}}{{/each}}{{#if env.SHOP_URI}} {{{env.SHOP_URI}}}{{/if}}"
        );

        Generator.Run(Options() with { TemplatePath = Path.Combine(_folder, "own") }, TextWriter.Null);

        Assert.Equal("db  True  ", Text("db/service.yaml"));
        Assert.Equal("files  True files ", Text("files/service.yaml"));
        Assert.Equal(
            "api True True  ConnectionStrings__shop mysql://root:{password-uri-encoded.value}@db",
            Text("api/service.yaml")
        );
    }

    [Theory]
    [InlineData("generate --helm", "'--helm' is not a flag of this stand-in")]
    [InlineData("generate -o", "-o wants a value")]
    [InlineData("generate -o --namespace", "-o wants a value")]
    [InlineData("generate -cr @registry", "-cr wants a value")]
    [InlineData("generate -pa password", "-pa wants name=value, not 'password'")]
    [InlineData("generate -pa a=1 -pa a=2", "-pa a is given twice")]
    [InlineData("generate -ct 1 --container-image-tag 2", "--container-image-tag is given twice")]
    [InlineData("generate --skip-build", "this stand-in asks nothing: give --non-interactive")]
    [InlineData(Quiet, "give --include-dashboard false: the tool wants to know")]
    [InlineData($"{Quiet} --include-dashboard true", "give --include-dashboard false: this stand-in deploys none")]
    [InlineData($"{Quiet} --include-dashboard false", "--image-pull-policy takes IfNotPresent, Always or Never")]
    [InlineData($"{All} --image-pull-policy never", "--image-pull-policy takes IfNotPresent, Always or Never")]
    [InlineData($"{All} --output-format Kustomize", "--output-format Kustomize is not of this stand-in: kustomize is")]
    [InlineData("apply", "'apply' is not a command of this stand-in: generate is")]
    [InlineData(
        "settings update-checks off",
        "'settings update-checks off' is not a command of this stand-in: generate is"
    )]
    public void What_is_wrong_with_the_command_line_is_said_in_one_line(string line, string problem) =>
        Assert.Equal((1, $"aspirate: {problem}\n"), RunTool(line));

    [Fact]
    public void The_settings_file_says_where_templates_are_and_what_images_are_called_by_exact_names()
    {
        OwnTemplates("{{containerImage}}");
        var line = $"{All} --image-pull-policy Always -m {ManifestFile(s_manifest)} -o {_output}";

        Settings(
            """{ "TemplatePath": "own", "ContainerSettings": { "Registry": "r", "RepositoryPrefix": "p", "Tags": ["t"] } }"""
        );
        Assert.Equal((0, ""), RunTool(line));
        // The tags in the settings apply to building images only.
        Assert.Equal("r/p/web:latest", Text("web/service.yaml"));

        Settings("""{ "templatePath": "own" }""");
        Assert.Equal((0, ""), RunTool(line));
        Assert.Equal("Service", Read("web/service.yaml")["kind"]!.ToString());

        Settings("""{ "TemplatePath": "own", }""");
        Assert.StartsWith("aspirate: aspirate.json: ", RunTool(line).Errors);
    }

    private void Generate(params string[] more) => Generator.Run(Options(s_manifest, more), TextWriter.Null);

    private GenerateOptions Options(string? manifest = null, params string[] more) =>
        GenerateOptions.Parse([
            .. $"{All} --image-pull-policy IfNotPresent --output-format kustomize --namespace Shop".Split(' '),
            .. $"-cr registry.example.com/team -ct 1.2 -m {ManifestFile(manifest ?? s_manifest)} -o {_output}".Split(
                ' '
            ),
            .. more,
        ]);

    private string ManifestFile(string manifest)
    {
        var project = Path.Combine(_folder, "Api.csproj");
        File.WriteAllText(project, "");
        var path = Path.Combine(_folder, "aspire-manifest.json");
        File.WriteAllText(path, manifest.Replace("PROJECT", project));
        return path;
    }

    private void OwnTemplates(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        foreach (var name in (string[])["deployment", "statefulset", "service", "kustomization", "namespace"])
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.hbs"), text);
        }
    }

    private void Settings(string json) => File.WriteAllText(Path.Combine(_folder, "aspirate.json"), json);

    private (int ExitCode, string Errors) RunTool(string line)
    {
        string[] args = [Path.Combine(AppContext.BaseDirectory, "aspirate.dll"), .. line.Split(' ')];
        var start = new ProcessStartInfo("dotnet", args)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = tool.StandardError.ReadToEnd();
        tool.WaitForExit();
        _ = output.Result;
        return (tool.ExitCode, errors);
    }

    private string Text(string path) => File.ReadAllText(Path.Combine(_output, path));

    private IEnumerable<string> Literals(string resource) =>
        Read($"{resource}/kustomization.yaml")["configMapGenerator"]![0]!["literals"]!
            .AsArray()
            .Select(literal => literal!.ToString());

    private JsonNode Read(string path)
    {
        var yaml = new DeserializerBuilder().Build().Deserialize(new StringReader(Text(path)));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml))!;
    }
}
