using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspirate.Manifest;

/// <summary>An Aspire manifest as it stands in the file.</summary>
internal static class ManifestFile
{
    /// <summary>The resources by name, in the file's order.</summary>
    public static IReadOnlyList<ManifestResource> Read(string path)
    {
        try
        {
            var resources = JsonNode.Parse(File.ReadAllText(path))?["resources"]?.AsObject();
            return resources is null
                ? throw new AspirateException($"{path} has no resources: it is not an Aspire manifest")
                : [.. resources.Select(resource => new ManifestResource(resource.Key, resource.Value!.AsObject()))];
        }
        catch (JsonException exception)
        {
            throw new AspirateException($"{path}: {exception.Message}");
        }
    }
}

/// <summary>One resource of the manifest.</summary>
internal sealed class ManifestResource
{
    private readonly JsonObject _json;

    public ManifestResource(string name, JsonObject json)
    {
        (Name, _json) = (name, json);
        Type = Text("type") ?? "";
        Bindings = ReadBindings(json["bindings"]);
    }

    public string Name { get; }

    public string Type { get; }

    public bool IsProject => Type is "project.v0" or "project.v1";

    public bool IsContainer => Type is "container.v0" or "container.v1" or "dockerfile.v0";

    /// <summary>A container that is built for the sake of its files never runs.</summary>
    public bool IsBuildOnly => _json["build"]?["buildOnly"]?.GetValue<bool>() == true;

    public bool IsParameter => Type == "parameter.v0";

    public bool IsValue => Type == "value.v0";

    public string? Image => Text("image");

    public string? Entrypoint => Text("entrypoint");

    public string? ConnectionString => Text("connectionString");

    /// <summary>A parameter's value, which mostly points at its input.</summary>
    public string? Value => Text("value");

    public IReadOnlyList<string> Args =>
        _json["args"] is JsonArray args ? [.. args.Select(argument => argument!.ToString())] : [];

    public IReadOnlyList<KeyValuePair<string, string>> Env =>
        _json["env"] is JsonObject env
            ? [.. env.Select(variable => KeyValuePair.Create(variable.Key, variable.Value?.ToString() ?? ""))]
            : [];

    public IReadOnlyDictionary<string, Binding> Bindings { get; }

    public IReadOnlyList<JsonObject> Volumes =>
        _json["volumes"] is JsonArray volumes ? [.. volumes.Select(volume => volume!.AsObject())] : [];

    public IReadOnlyList<JsonObject> BindMounts =>
        _json["bindMounts"] is JsonArray mounts ? [.. mounts.Select(mount => mount!.AsObject())] : [];

    /// <summary>The default of a parameter's input, or null.</summary>
    public JsonObject? DefaultOf(string input) => _json["inputs"]?[input]?["default"] as JsonObject;

    private string? Text(string property) => _json[property]?.ToString();

    private static Dictionary<string, Binding> ReadBindings(JsonNode? bindings)
    {
        var read = new Dictionary<string, Binding>();
        foreach (var (name, binding) in bindings?.AsObject() ?? [])
        {
            var targetPort = binding!["targetPort"]?.GetValue<int>() ?? 0;
            read[name] = new Binding(
                binding["scheme"]?.ToString() ?? "",
                binding["protocol"]?.ToString() ?? "",
                binding["port"]?.GetValue<int>() ?? 0,
                // What a project listens on when nobody has said.
                (targetPort, name) switch
                {
                    (0, "http") => 8080,
                    (0, "https") => 8443,
                    _ => targetPort,
                }
            );
        }

        return read;
    }
}

/// <summary>A port of a resource.</summary>
internal sealed record Binding(string Scheme, string Protocol, int Port, int TargetPort)
{
    /// <summary>The address under the resource's name. The tool speaks no https inside the cluster.</summary>
    public string UrlOf(string resource, string name) =>
        name switch
        {
            "http" => $"http://{resource}:{TargetPort}",
            "https" => "",
            _ => $"{resource}:{TargetPort}",
        };
}
