using System.Text.Json;

namespace Aspirate;

/// <summary>The command line of <c>aspirate generate</c>, as far as this stand-in supports it.</summary>
internal sealed record GenerateOptions
{
    private const string SettingsFile = "aspirate.json";

    /// <summary>Flags without a value that are required, and why.</summary>
    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--non-interactive"] = "this stand-in asks nothing",
        ["--skip-build"] = "this stand-in builds no images",
        ["--disable-secrets"] = "this stand-in keeps no secrets",
        ["--disable-state"] = "this stand-in keeps no state",
    };

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

    public required string ManifestPath { get; init; }
    public required string OutputPath { get; init; }
    public required string TemplatePath { get; init; }
    public required string ImagePullPolicy { get; init; }
    public string? Namespace { get; init; }
    public string? Registry { get; init; }
    public string? RepositoryPrefix { get; init; }
    public required string Tag { get; init; }
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The name of the image built from this resource's project or Dockerfile.</summary>
    public string ImageOf(string resource) =>
        string.Join('/', new[] { Registry, RepositoryPrefix, resource }.Where(part => !string.IsNullOrEmpty(part)))
        + $":{Tag}";

    /// <summary>Reads the arguments, and <c>aspirate.json</c> in the working folder for what they omit.</summary>
    public static GenerateOptions Parse(IReadOnlyList<string> args)
    {
        Require(args is ["generate", ..], $"'{string.Join(' ', args)}' is not a command of this stand-in: generate is");
        var (values, switches, parameters) = Read(args.Skip(1));
        foreach (var (name, reason) in s_switches)
        {
            Require(switches.Contains(name), $"{reason}: give {name}");
        }

        var format = values.GetValueOrDefault("--output-format", "kustomize");
        Require(format == "kustomize", $"--output-format {format} is not of this stand-in: kustomize is");
        var dashboard = values.GetValueOrDefault("--include-dashboard");
        Require(dashboard is not null, "give --include-dashboard false: the tool wants to know");
        Require(dashboard == "false", "give --include-dashboard false: this stand-in deploys none");
        var pullPolicy = values.GetValueOrDefault("--image-pull-policy");
        Require(
            pullPolicy is "IfNotPresent" or "Always" or "Never",
            "--image-pull-policy takes IfNotPresent, Always or Never"
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
            ImagePullPolicy = pullPolicy!,
            Namespace = values.GetValueOrDefault("--namespace"),
            Registry = values.GetValueOrDefault("--container-registry", settings.ContainerSettings?.Registry ?? ""),
            RepositoryPrefix = values.GetValueOrDefault(
                "--container-repository-prefix",
                settings.ContainerSettings?.RepositoryPrefix ?? ""
            ),
            Tag = values.GetValueOrDefault("--container-image-tag", "latest"),
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
            if (s_switches.ContainsKey(name))
            {
                switches.Add(name);
                continue;
            }

            Require(s_valued.Contains(name), $"'{argument}' is not a flag of this stand-in");
            // The tool would read more arguments from '@file'.
            Require(
                rest.TryDequeue(out var value) && value is not ['-' or '@', ..] and not "",
                $"{argument} wants a value"
            );
            if (name == "--parameter")
            {
                var equals = value.IndexOf('=', StringComparison.Ordinal);
                Require(equals > 0, $"{argument} wants name=value, not '{value}'");
                var parameter = value[..equals];
                Require(parameters.TryAdd(parameter, value[(equals + 1)..]), $"{argument} {parameter} is given twice");
            }
            else
            {
                Require(values.TryAdd(name, value), $"{argument} is given twice");
            }
        }

        return (values, switches, parameters);
    }

    /// <summary>Names are case-sensitive, as in the tool: others are ignored without a warning.</summary>
    private static Settings ReadSettings()
    {
        try
        {
            var json = File.Exists(SettingsFile) ? File.ReadAllText(SettingsFile) : "{}";
            return JsonSerializer.Deserialize<Settings>(json) ?? new Settings();
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

    private sealed record ContainerSettings(string? Registry = null, string? RepositoryPrefix = null);
}
