using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>A request to an operation: at first a good one, then one that is wrong in a single way.</summary>
internal sealed record SweepRequest(SweepOperation Operation)
{
    /// <summary>Stands in a body for half a surrogate pair, which no JSON library would write.</summary>
    public const string LoneSurrogate = "LONE-SURROGATE";

    private const string IdempotencyKey = "Idempotency-Key";

    public HttpMethod Method { get; init; } = Operation.Method;

    /// <summary>What makes it different from the good one.</summary>
    public string Label { get; init; } = "as it should be";

    /// <summary>The values in the path, as they stand there.</summary>
    public Dictionary<string, string> PathValues { get; init; } = [];

    /// <summary>The values behind the question mark, not yet escaped.</summary>
    public List<KeyValuePair<string, string>> Query { get; init; } = [];

    public Dictionary<string, string> Headers { get; init; } = [];

    public JsonNode? Body { get; init; }

    /// <summary>What to send in the body's place.</summary>
    public Func<HttpContent?>? Content { get; init; }

    public SweepRequest With(string label, JsonNode? body) => this with { Label = label, Body = body };

    public SweepRequest WithContent(string label, Func<HttpContent?> content) =>
        this with
        {
            Label = label,
            Content = content,
        };

    public SweepRequest WithPath(string name, string value) =>
        this with
        {
            Label = $"{{{name}}} = {Shorten(value)}",
            PathValues = new Dictionary<string, string>(PathValues) { [name] = value },
        };

    public SweepRequest WithQuery(string name, params string[] values) =>
        this with
        {
            Label = $"?{name} = {Shorten(string.Join(" and ", values))}",
            Query =
            [
                .. Query.Where(pair => pair.Key != name),
                .. values.Select(value => KeyValuePair.Create(name, value)),
            ],
        };

    public SweepRequest WithHeader(string name, string value) =>
        this with
        {
            Label = $"{name}: {Shorten(value)}",
            Headers = new Dictionary<string, string>(Headers) { [name] = value },
        };

    public HttpRequestMessage ToMessage()
    {
        var path = PathValues.Aggregate(
            Operation.Path,
            (path, value) => path.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal)
        );
        var query = string.Join(
            '&',
            Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={EscapeValue(pair.Value)}")
        );
        var message = new HttpRequestMessage(Method, query.Length == 0 ? path : $"{path}?{query}")
        {
            Content =
                Content is not null ? Content()
                : Body is null ? null
                : Json(Body.ToJsonString().Replace(LoneSurrogate, "\\ud800", StringComparison.Ordinal)),
        };
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        // Each request is meant for itself, not as the repetition of another.
        if (Operation.Parameters.Any(IsIdempotencyKey) && !Headers.ContainsKey(IdempotencyKey))
        {
            message.Headers.Add(IdempotencyKey, Guid.NewGuid().ToString());
        }

        return message;
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static string Shorten(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}…' ({text.Length})";

    public override string ToString() => $"{Operation.Name} with {Label}";

    private static bool IsIdempotencyKey(IOpenApiParameter parameter) =>
        parameter is { In: ParameterLocation.Header, Name: IdempotencyKey };

    /// <summary>Percent signs in front of two digits are meant to be bytes that are no UTF-8.</summary>
    private static string EscapeValue(string value) =>
        value == SweepValues.NoUtf8 ? value : Uri.EscapeDataString(value);
}
