using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspirate.Manifest;

/// <summary>Replaces the manifest's expressions, such as <c>{api.bindings.http.url}</c>, by their values.</summary>
internal sealed partial class ManifestExpressions(JsonObject resources)
{
    /// <summary>Resolves every string of every resource, used or not, except in arrays.</summary>
    public void Resolve()
    {
        foreach (var (_, resource) in resources)
        {
            foreach (var (name, binding) in resource!["bindings"] as JsonObject ?? [])
            {
                // A project's default ports.
                if (binding!["targetPort"]?.GetValue<int>() is null or 0 && name is "http" or "https")
                {
                    binding["targetPort"] = name == "http" ? 8080 : 8443;
                }
            }
        }

        Resolve(resources);
    }

    /// <summary>Replaces doubled braces by single ones.</summary>
    public static string Unescape(string text) => text.Replace("{{", "{").Replace("}}", "}");

    private void Resolve(JsonObject node)
    {
        foreach (var (name, value) in node.ToList())
        {
            if (value is JsonObject inner)
            {
                Resolve(inner);
            }
            else if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text))
            {
                node[name] = Resolve(text, []);
            }
        }
    }

    /// <summary>Resolves all expressions; one that refers to nothing stays as it is.</summary>
    private string Resolve(string text, HashSet<string> within)
    {
        if (text.Contains('}', StringComparison.Ordinal) && Spoilt().IsMatch(text))
        {
            throw new AspirateException(
                $"of '{text}' the tool would lose a character: put {{{{ for a brace, or end it otherwise"
            );
        }

        return Pattern()
            .Replace(
                text,
                match =>
                {
                    var expression = match.Groups[1].Value;
                    if (!within.Add(expression))
                    {
                        throw new AspirateException($"the manifest's expression {{{expression}}} points at itself");
                    }

                    var value = Evaluate(expression) is { } found ? Resolve(found, within) : match.Value;
                    within.Remove(expression);
                    return value;
                }
            );
    }

    private string? Evaluate(string expression)
    {
        var parts = expression.Split('.');
        if (parts is [var name, "bindings", var binding, var property, ..])
        {
            return resources[name]?["bindings"]?[binding] is { } found
                ? PropertyOf(found, name, binding, property)
                : throw new AspirateException($"the manifest's expression {{{expression}}} names no binding");
        }

        JsonNode? node = resources;
        foreach (var part in parts)
        {
            node = (node as JsonObject)?[part];
        }

        return node is null or JsonValue
            ? node?.ToString()
            : throw new AspirateException($"the manifest's expression {{{expression}}} names no value");
    }

    private static string PropertyOf(JsonNode binding, string resource, string name, string property)
    {
        var targetPort = binding["targetPort"]?.ToString() ?? "";
        return property switch
        {
            "host" => resource,
            "port" => binding["port"]?.ToString() is { } port and not "0" ? port : targetPort,
            "targetPort" => targetPort,
            // The tool looks for the scheme under another name, and falls back to http.
            "scheme" => "http",
            "url" when name == "http" => $"http://{resource}:{targetPort}",
            // The tool uses no https inside the cluster.
            "url" => name == "https" ? "" : $"{resource}:{targetPort}",
            _ => throw new AspirateException($"the manifest has no '{property}' of the binding {resource}.{name}"),
        };
    }

    [GeneratedRegex(@"(?<!\{)\{([A-Za-z0-9.-]+)\}")]
    private static partial Regex Pattern();

    // A single brace that opens no expression, or a single character after an expression at the end.
    [GeneratedRegex(@"(?<!\{)\{(?!\{|[A-Za-z0-9.-]+\})|(?<!\{)\{[A-Za-z0-9.-]+\}.\z", RegexOptions.Singleline)]
    private static partial Regex Spoilt();
}
