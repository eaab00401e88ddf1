using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace MsaShop.Testing;

/// <summary>What the services offer each other, as <c>docs/api/internal</c> says.</summary>
public static class InternalApi
{
    /// <summary>The folder of the documents, below <c>docs/api</c>.</summary>
    public const string Folder = "internal";

    private static readonly Lazy<IReadOnlyList<InternalOperation>> s_operations = new(Load);

    /// <summary>The operation that a request is for, or null where no document has one.</summary>
    public static InternalOperation? Find(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var steps = path.Split('/');
        // As routing does, the more literal path wins: /held is not an order's number.
        return s_operations
            .Value.Where(operation => operation.IsFor(method, steps))
            .MinBy(operation => operation.Parameters);
    }

    private static List<InternalOperation> Load() =>
        [
            .. from file in Directory.GetFiles(Repository.PathOf("docs", "api", Folder), "*.json")
            let document = JsonNode.Parse(File.ReadAllText(file))!.AsObject()
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select new InternalOperation(document, operation.Key, path.Key, operation.Value!.AsObject()),
        ];
}

/// <summary>One operation of an internal document.</summary>
/// <param name="document">The document.</param>
/// <param name="method">Its method.</param>
/// <param name="template">Its path, with parameters in braces.</param>
/// <param name="operation">What the document says of it.</param>
public sealed class InternalOperation(JsonObject document, string method, string template, JsonObject operation)
{
    private readonly string[] _steps = template.Split('/');

    /// <summary>How many of its path's steps are parameters.</summary>
    public int Parameters => _steps.Count(IsParameter);

    /// <summary>Whether it answers this method and path.</summary>
    public bool IsFor(string requestMethod, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return string.Equals(method, requestMethod, StringComparison.OrdinalIgnoreCase)
            && steps.Count == _steps.Length
            && _steps.Zip(steps).All(pair => IsParameter(pair.First) || pair.First == pair.Second);
    }

    /// <summary>The status and body of a success; the body is null where there is none.</summary>
    /// <param name="everything">Whether the body has what may be missing.</param>
    /// <param name="word">Which of its words an enum has.</param>
    public (int Status, JsonNode? Body) Succeed(bool everything, int word = 0)
    {
        var (status, response) = Responses.First(response => response.Key.StartsWith('2'));
        var schema = Content(response);
        return (
            int.Parse(status, CultureInfo.InvariantCulture),
            schema is null ? null : new JsonSample(document, everything, word).Of(schema)
        );
    }

    /// <summary>With which codes it refuses at this status.</summary>
    public IReadOnlyList<string> CodesAt(int status) =>
        Responses[Text(status)]?["x-codes"] is JsonArray codes ? [.. codes.Select(code => (string)code!)] : [];

    /// <summary>What is wrong with a request, by the document.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="body">The body; empty where there is none.</param>
    public IEnumerable<string> FaultsOfRequest(string query, string body)
    {
        var sent = HttpUtility.ParseQueryString(query);
        var known = (operation["parameters"] as JsonArray ?? [])
            .Select(parameter => parameter!.AsObject())
            .Where(parameter => (string?)parameter["in"] == "query")
            .ToDictionary(parameter => (string)parameter["name"]!);
        foreach (var name in sent.AllKeys.Where(name => name is null || !known.ContainsKey(name)))
        {
            yield return $"{this} takes no ?{name}";
        }

        foreach (var (name, parameter) in known)
        {
            var value = sent[name];
            if (value is null)
            {
                if ((bool?)parameter["required"] == true)
                {
                    yield return $"{this} wants ?{name}";
                }

                continue;
            }

            var isNumber = decimal.TryParse(value, CultureInfo.InvariantCulture, out var number);
            foreach (var fault in Faults(parameter["schema"]!, isNumber ? number : value, $"?{name}"))
            {
                yield return fault;
            }
        }

        var schema = Content(operation["requestBody"]);
        if (schema is null ? body.Length > 0 : body.Length == 0 && IsRequired(operation["requestBody"]!))
        {
            yield return schema is null ? $"{this} takes no body" : $"{this} wants a body";
        }
        else if (schema is not null && body.Length > 0)
        {
            foreach (var fault in Faults(schema, JsonNode.Parse(body), "request"))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What is wrong with an answer, by the document. What no client looks into, a failure's text, is left alone.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; empty where there is none.</param>
    public IEnumerable<string> FaultsOfAnswer(int status, string body)
    {
        if (status is 409 or 422)
        {
            var code = (string?)JsonNode.Parse(body)?["code"];
            return code is not null && CodesAt(status).Contains(code)
                ? []
                : [$"{this} refuses with no {status} {code}"];
        }

        if (status >= 400)
        {
            return [];
        }

        if (Responses[Text(status)] is not { } response)
        {
            return [$"{this} answers with no {status}"];
        }

        var schema = Content(response);
        return schema is null
            ? body.Length == 0
                ? []
                : [$"{this} answers {status} without a body"]
            : Faults(schema, body.Length == 0 ? null : JsonNode.Parse(body), "answer");
    }

    /// <inheritdoc />
    public override string ToString() => $"{method.ToUpperInvariant()} {template}";

    private JsonObject Responses => operation["responses"]!.AsObject();

    private IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string place) =>
        new JsonCheck(document).Faults(schema, value, place).Select(fault => $"{this}: {fault}");

    private static JsonNode? Content(JsonNode? body) => body?["content"]?["application/json"]?["schema"];

    private static bool IsRequired(JsonNode body) => (bool?)body["required"] == true;

    private static bool IsParameter(string step) => step.StartsWith('{');

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads what schemas of a document say.</summary>
internal abstract class JsonSchemas(JsonObject document)
{
    protected JsonNode Resolve(JsonNode schema)
    {
        while ((string?)schema["$ref"] is { } reference)
        {
            schema = reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, step) => node[step]!);
        }

        return schema;
    }

    /// <summary>The types that a value may have; none where it may have any.</summary>
    protected static IReadOnlyList<string> TypesOf(JsonNode schema) =>
        schema["type"] switch
        {
            JsonArray types => [.. types.Select(type => (string)type!)],
            { } type => [(string)type!],
            null => [],
        };

    protected static HashSet<string> RequiredOf(JsonNode schema) =>
        [.. (schema["required"] as JsonArray ?? []).Select(name => (string)name!)];
}

/// <summary>Compares a value with its schema: a member that it does not have is as wrong as one that is missing.</summary>
internal sealed class JsonCheck(JsonObject document) : JsonSchemas(document)
{
    public IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string place)
    {
        schema = Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
        {
            var faults = choices.Select(choice => Faults(choice!, value, place).ToList()).ToList();
            return faults.Any(found => found.Count == 0) ? [] : faults.MinBy(found => found.Count)!;
        }

        var types = TypesOf(schema);
        var kind = KindOf(value);
        if (types.Count > 0 && !types.Contains(kind) && !(kind == "integer" && types.Contains("number")))
        {
            return [$"{place} is {kind}, not {string.Join(" or ", types)}"];
        }

        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return [$"{place} is {value?.ToJsonString() ?? "null"}, none of {words.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject members => MemberFaults(schema, members, place),
            JsonArray items when schema["items"] is { } item => items.SelectMany(
                (element, index) => Faults(item, element, $"{place}[{index}]")
            ),
            _ => [],
        };
    }

    private IEnumerable<string> MemberFaults(JsonNode schema, JsonObject members, string place)
    {
        if (schema["properties"] is not JsonObject known)
        {
            return [];
        }

        return
        [
            .. RequiredOf(schema)
                .Where(name => !members.ContainsKey(name))
                .Select(name => $"{place}.{name} is missing"),
            .. members.SelectMany(member =>
                known[member.Key] is { } property
                    ? Faults(property, member.Value, $"{place}.{member.Key}")
                    : [$"{place}.{member.Key} is unknown"]
            ),
        ];
    }

    private static string KindOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => decimal.IsInteger(decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture))
                ? "integer"
                : "number",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            _ => "object",
        };
}

/// <summary>Makes a value that a schema describes.</summary>
internal sealed class JsonSample(JsonObject document, bool everything, int word) : JsonSchemas(document)
{
    private int _last;

    public JsonNode? Of(JsonNode schema)
    {
        schema = Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
        {
            return Of(choices.First(choice => !TypesOf(choice!).Contains("null"))!);
        }

        if (schema["enum"] is JsonArray all)
        {
            var words = all.Where(candidate => candidate is not null).ToList();
            return words[word % words.Count]!.DeepClone();
        }

        return TypesOf(schema).FirstOrDefault(type => type != "null") switch
        {
            "integer" or "number" => ++_last,
            "boolean" => true,
            "string" => (string?)schema["format"] == "date-time"
                ? $"2026-11-23T01:02:{++_last % 60:00}Z"
                : $"text{++_last}",
            "array" => new JsonArray(Of(schema["items"]!)),
            _ => new JsonObject(
                (schema["properties"] as JsonObject ?? [])
                    .Where(property => everything || RequiredOf(schema).Contains(property.Key))
                    .Select(property => KeyValuePair.Create(property.Key, Of(property.Value!)))
            ),
        };
    }
}
