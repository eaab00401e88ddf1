using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Aspirate.Manifest;

internal static class ManifestParameters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz1234567890!";
    private const int UsualLength = 22;

    /// <summary>Gives every parameter a value, used or not.</summary>
    public static void Assign(JsonObject resources, IReadOnlyDictionary<string, string> given)
    {
        var parameters = resources.Where(resource => resource.Value!["type"]!.ToString() == "parameter.v0").ToList();
        if (given.Keys.Except(parameters.Select(parameter => parameter.Key)).FirstOrDefault() is { } unknown)
        {
            throw new AspirateException($"the manifest has no parameter '{unknown}'");
        }

        foreach (var (name, parameter) in parameters)
        {
            if (given.TryGetValue(name, out var value))
            {
                parameter!["value"] = value;
                continue;
            }

            foreach (var (_, input) in parameter!["inputs"] as JsonObject ?? [])
            {
                parameter["value"] = Generate(name, input?["default"]);
            }
        }
    }

    // Of a default, the tool uses only its existence and the length of a generated one; it ignores a fixed value.
    private static string Generate(string name, JsonNode? fallback)
    {
        if (fallback is null)
        {
            throw new AspirateException($"the parameter '{name}' has no value: give -pa {name}=value");
        }

        var length = fallback["generate"] is { } generate ? generate["minLength"]?.GetValue<int>() ?? 0 : UsualLength;
        return RandomNumberGenerator.GetString(Letters, length);
    }
}
