using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspirate.Manifest;

/// <summary>Puts values in the place of the manifest's expressions, such as <c>{api.bindings.http.url}</c>.</summary>
internal sealed partial class ManifestExpressions(JsonObject resources)
{
    /// <summary>Resolves every text of every resource, whether somebody uses it or not; an array's are left as they are.</summary>
    public void Resolve()
    {
        foreach (var (_, resource) in resources)
        {
            foreach (var (name, binding) in resource!["bindings"] as JsonObject ?? [])
            {
                // What a project listens on when nobody has said.
                if (binding!["targetPort"]?.GetValue<int>() is null or 0 && name is "http" or "https")
                {
                    binding["targetPort"] = name == "http" ? 8080 : 8443;
                }
            }
        }

        Resolve(resources);
    }

    /// <summary>A text without its doubled braces.</summary>
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

    /// <summary>The text with every expression resolved; one that points at nothing stays as it is.</summary>
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
            // It looks for the scheme under another name.
            "scheme" => "http",
            "url" when name == "http" => $"http://{resource}:{targetPort}",
            // It speaks no https inside the cluster.
            "url" => name == "https" ? "" : $"{resource}:{targetPort}",
            _ => throw new AspirateException($"the manifest has no '{property}' of the binding {resource}.{name}"),
        };
    }

    [GeneratedRegex(@"(?<!\{)\{([A-Za-z0-9.-]+)\}")]
    private static partial Regex Pattern();

    // A brace that opens no expression and is not doubled; a single character after an expression, at the end.
    [GeneratedRegex(@"(?<!\{)\{(?!\{|[A-Za-z0-9.-]+\})|(?<!\{)\{[A-Za-z0-9.-]+\}.\z", RegexOptions.Singleline)]
    private static partial Regex Spoilt();
}
