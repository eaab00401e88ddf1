using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Aspirate.Manifest;

/// <summary>Puts values in the place of the manifest's expressions, such as <c>{api.bindings.http.url}</c>.</summary>
internal sealed partial class ManifestExpressions
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int UsualLength = 22;

    private readonly Dictionary<string, ManifestResource> _resources;
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Dictionary<string, string> _generated = [];

    public ManifestExpressions(IEnumerable<ManifestResource> resources, IReadOnlyDictionary<string, string> parameters)
    {
        _resources = resources.ToDictionary(resource => resource.Name);
        _given = parameters;
        foreach (var name in parameters.Keys)
        {
            if (!_resources.TryGetValue(name, out var resource) || !resource.IsParameter)
            {
                throw new AspirateException($"the manifest has no parameter '{name}'");
            }
        }

        // The tool wants them all before it writes anything, whether somebody uses them or not.
        foreach (var parameter in _resources.Values.Where(resource => resource.IsParameter))
        {
            ValueOf(parameter);
        }
    }

    /// <summary>The text with every expression resolved; what nobody can resolve stays as it is.</summary>
    public string Resolve(string text) => Resolve(text, []);

    private string Resolve(string text, HashSet<string> within) =>
        Pattern()
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

    private string? Evaluate(string expression)
    {
        var parts = expression.Split('.');
        if (!_resources.TryGetValue(parts[0], out var resource))
        {
            throw new AspirateException($"the manifest's expression {{{expression}}} names no resource");
        }

        return parts switch
        {
            [_, "bindings", var binding, var property] => PropertyOf(resource, binding, property, expression),
            [_, "connectionString"] => resource.ConnectionString,
            [_, "value"] or [_, "inputs", "value"] when resource.IsParameter => ValueOf(resource),
            _ => null,
        };
    }

    private static string PropertyOf(ManifestResource resource, string name, string property, string expression)
    {
        if (!resource.Bindings.TryGetValue(name, out var binding))
        {
            throw new AspirateException($"the manifest's expression {{{expression}}} names no binding");
        }

        return property switch
        {
            "host" => resource.Name,
            "port" => Number(binding.Port != 0 ? binding.Port : binding.TargetPort),
            "targetPort" => Number(binding.TargetPort),
            "scheme" => binding.Scheme,
            "url" => binding.UrlOf(resource.Name, name),
            _ => throw new AspirateException($"the manifest's expression {{{expression}}} asks for '{property}'"),
        };
    }

    private string ValueOf(ManifestResource parameter)
    {
        if (_given.TryGetValue(parameter.Name, out var given))
        {
            return given;
        }

        if (_generated.TryGetValue(parameter.Name, out var generated))
        {
            return generated;
        }

        if (parameter.Value is { } value && value != $"{{{parameter.Name}.inputs.value}}")
        {
            return value;
        }

        var fallback = parameter.DefaultOf("value");
        if (fallback?["value"]?.ToString() is { } constant)
        {
            return constant;
        }

        if (fallback?["generate"] is not { } generate)
        {
            throw new AspirateException(
                $"the parameter '{parameter.Name}' has no value: give -pa {parameter.Name}=value"
            );
        }

        return _generated[parameter.Name] = RandomNumberGenerator.GetString(
            LettersAndDigits,
            generate["minLength"]?.GetValue<int>() ?? UsualLength
        );
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([\w.-]+)\}")]
    private static partial Regex Pattern();
}
