using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspirate.Manifest;

/// <summary>Reads an Aspire manifest as narrowly as the tool does.</summary>
internal static class ManifestFile
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>
    /// The resources that run, in the file's order, with expressions replaced by values. Types that the tool does not
    /// know are dropped.
    /// </summary>
    public static IReadOnlyList<ManifestResource> Read(
        string path,
        IReadOnlyDictionary<string, string> parameters,
        TextWriter log
    )
    {
        try
        {
            var resources =
                JsonNode.Parse(File.ReadAllText(path))?["resources"] as JsonObject
                ?? throw new AspirateException($"{path} has no resources: it is not an Aspire manifest");
            foreach (var (name, resource) in resources.ToList())
            {
                if (!IsKnown(name, resource?["type"]?.ToString()))
                {
                    log.WriteLine($"Skipped {name}: {resource?["type"]} is not for Kubernetes");
                    resources.Remove(name);
                }
            }

            ManifestParameters.Assign(resources, parameters);
            new ManifestExpressions(resources).Resolve();
            return
            [
                .. resources
                    .Select(resource =>
                        resource.Value.Deserialize<ManifestResource>(s_json)! with
                        {
                            Name = resource.Key,
                        }
                    )
                    .Where(resource => resource.Runs)
                    .Select(Checked),
            ];
        }
        catch (JsonException exception)
        {
            throw new AspirateException($"{path}: {exception.Message}");
        }
    }

    private static bool IsKnown(string name, string? type) =>
        type switch
        {
            "project.v0" or "container.v0" or "container.v1" or "parameter.v0" or "value.v0" => true,
            "dockerfile.v0" or "dapr.v0" or "dapr.component.v0" => throw new AspirateException(
                $"{name} is a {type}, which this stand-in cannot make"
            ),
            _ => false,
        };

    /// <summary>The tool asks MSBuild about each project, so the project file must exist.</summary>
    private static ManifestResource Checked(ManifestResource resource)
    {
        if (resource.IsProject && !File.Exists(resource.Path))
        {
            throw new AspirateException($"there is no project {resource.Path}");
        }

        return resource.IsProject || resource.Image is not null || resource.Build is not null
            ? resource
            : throw new AspirateException($"{resource.Name} has neither an image nor a build");
    }
}

internal sealed record ManifestResource
{
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";
    public string? Path { get; init; }
    public string? Image { get; init; }
    public JsonObject? Build { get; init; }
    public string? Entrypoint { get; init; }
    public IReadOnlyList<string> Args { get; init; } = [];
    public Dictionary<string, string> Env { get; init; } = [];
    public Dictionary<string, string> Annotations { get; init; } = [];
    public Dictionary<string, ManifestBinding> Bindings { get; init; } = [];
    public IReadOnlyList<ManifestVolume> Volumes { get; init; } = [];

    public bool IsProject => Type == "project.v0";

    public bool Runs => Type is not ("parameter.v0" or "value.v0");
}

/// <summary>A port of a resource; 0 means unspecified.</summary>
internal sealed record ManifestBinding(int Port = 0, int TargetPort = 0);

internal sealed record ManifestVolume(string? Name, string Target, bool ReadOnly = false);
