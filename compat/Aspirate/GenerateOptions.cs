using System.Text.Json;

namespace Aspirate;

/// <summary>The command line of <c>aspirate generate</c>, as far as this stand-in goes.</summary>
internal sealed record GenerateOptions
{
    private const string SettingsFile = "aspirate.json";

    /// <summary>The flags that say yes by being there, or with the value true.</summary>
    private static readonly string[] s_switches =
    [
        "--non-interactive",
        "--skip-build",
        "--disable-state",
        "--disable-secrets",
    ];

    private static readonly Dictionary<string, string> s_shortNames = new()
    {
        ["-m"] = "--aspire-manifest",
        ["-o"] = "--output-path",
        ["-cr"] = "--container-registry",
        ["-crp"] = "--container-repository-prefix",
        ["-ct"] = "--container-image-tag",
        ["-pa"] = "--parameter",
    };

    private static readonly string[] s_valued =
    [
        .. s_shortNames.Values,
        "--image-pull-policy",
        "--namespace",
        "--output-format",
        "--include-dashboard",
    ];

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public required string ManifestPath { get; init; }
    public required string OutputPath { get; init; }
    public required string TemplatePath { get; init; }
    public required string ImagePullPolicy { get; init; }
    public string? Namespace { get; init; }
    public string? Registry { get; init; }
    public string? RepositoryPrefix { get; init; }
    public required string Tag { get; init; }
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The image that the project or Dockerfile of this resource becomes.</summary>
    public string ImageOf(string resource) =>
        string.Join('/', new[] { Registry, RepositoryPrefix, resource }.Where(part => !string.IsNullOrEmpty(part)))
        + $":{Tag}";

    /// <summary>Reads the arguments, and <c>aspirate.json</c> in the working folder for what they leave open.</summary>
    public static GenerateOptions Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0] != "generate")
        {
            throw new AspirateException(
                args.Count == 0
                    ? "say what to do: generate"
                    : $"'{args[0]}' is not a command of this stand-in: generate is"
            );
        }

        var (values, switches, parameters) = Read(args.Skip(1));
        Require(switches.Contains("--non-interactive"), "this stand-in asks nothing: give --non-interactive");
        Require(switches.Contains("--skip-build"), "this stand-in builds no images: give --skip-build");
        Require(switches.Contains("--disable-secrets"), "this stand-in keeps no secrets: give --disable-secrets");
        Require(switches.Contains("--disable-state"), "this stand-in keeps no state: give --disable-state");

        var format = values.GetValueOrDefault("--output-format", "kustomize");
        Require(format == "kustomize", $"--output-format {format} is not of this stand-in: kustomize is");
        var dashboard = values.GetValueOrDefault("--include-dashboard", "false");
        Require(dashboard is "false", "this stand-in deploys no dashboard: give --include-dashboard false");
        var pullPolicy = values.GetValueOrDefault("--image-pull-policy", "IfNotPresent");
        Require(
            pullPolicy is "IfNotPresent" or "Always" or "Never",
            $"--image-pull-policy is '{pullPolicy}'; it takes IfNotPresent, Always or Never"
        );

        var settings = ReadSettings();
        var manifest = values.GetValueOrDefault("--aspire-manifest");
        Require(manifest is not null, "say which manifest: -m aspire-manifest.json");
        Require(File.Exists(manifest), $"there is no manifest {manifest}");
        var templates = settings.TemplatePath ?? Path.Combine(AppContext.BaseDirectory, "Templates");
        Require(Directory.Exists(templates), $"there are no templates: {templates}, from {SettingsFile}");

        return new GenerateOptions
        {
            ManifestPath = manifest!,
            OutputPath = values.GetValueOrDefault("--output-path", "aspirate-output"),
            TemplatePath = templates,
            ImagePullPolicy = pullPolicy,
            Namespace = values.GetValueOrDefault("--namespace"),
            Registry = values.GetValueOrDefault("--container-registry", settings.ContainerSettings?.Registry ?? ""),
            RepositoryPrefix = values.GetValueOrDefault(
                "--container-repository-prefix",
                settings.ContainerSettings?.RepositoryPrefix ?? ""
            ),
            Tag = values.GetValueOrDefault("--container-image-tag", settings.ContainerSettings?.Tag ?? "latest"),
            Parameters = parameters,
        };
    }

    private static (Dictionary<string, string>, HashSet<string>, Dictionary<string, string>) Read(
        IEnumerable<string> args
    )
    {
        var values = new Dictionary<string, string>();
        var switches = new HashSet<string>();
        var parameters = new Dictionary<string, string>();
        var rest = new Queue<string>(args);

        while (rest.TryDequeue(out var argument))
        {
            var name = s_shortNames.GetValueOrDefault(argument, argument);
            if (s_switches.Contains(name))
            {
                if (!rest.TryPeek(out var answer) || answer is not ("true" or "false"))
                {
                    switches.Add(name);
                }
                else if (rest.Dequeue() == "true")
                {
                    switches.Add(name);
                }

                continue;
            }

            Require(s_valued.Contains(name), $"'{argument}' is not a flag of this stand-in");
            Require(rest.TryDequeue(out var value), $"{argument} wants a value");
            if (name == "--parameter")
            {
                var equals = value!.IndexOf('=', StringComparison.Ordinal);
                Require(equals > 0, $"{argument} wants name=value, not '{value}'");
                parameters[value[..equals]] = value[(equals + 1)..];
            }
            else
            {
                values[name] = value!;
            }
        }

        return (values, switches, parameters);
    }

    private static Settings ReadSettings()
    {
        if (!File.Exists(SettingsFile))
        {
            return new Settings();
        }

        try
        {
            return JsonSerializer.Deserialize<Settings>(File.ReadAllText(SettingsFile), s_json) ?? new Settings();
        }
        catch (JsonException exception)
        {
            throw new AspirateException($"{SettingsFile}: {exception.Message}");
        }
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string problem)
    {
        if (!holds)
        {
            throw new AspirateException(problem);
        }
    }

    private sealed record Settings(string? TemplatePath = null, ContainerSettings? ContainerSettings = null);

    private sealed record ContainerSettings(string? Registry, string? RepositoryPrefix, string? Tag);
}
