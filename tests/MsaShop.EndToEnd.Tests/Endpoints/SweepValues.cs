using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>A value and whether it must be refused, as far as the document tells.</summary>
internal sealed record SweepValue<T>(string Label, T Value, bool IsWrong = false);

/// <summary>Values at the edges of what a schema allows, and beyond.</summary>
internal static class SweepValues
{
    /// <summary>Two bytes in a query that are no UTF-8, already escaped.</summary>
    public const string NoUtf8 = "%ff%fe";

    /// <summary>Letters that are taken apart, as macOS types them: no answer has them so.</summary>
    public const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af";

    private static readonly string[] s_texts =
    [
        " ",
        "\0",
        "a\0b",
        "\r\nSet-Cookie: a=b",
        "😀👩‍👩‍👧‍👦",
        "\u202Eright to left",
        "' OR '1'='1' -- ",
        "\"; DROP TABLE users; --",
        "%_\\",
        "<script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../etc/passwd",
    ];

    /// <summary>A reference to null or something is that something.</summary>
    public static IOpenApiSchema Unwrap(this IOpenApiSchema schema) =>
        (schema.OneOf ?? schema.AnyOf)?.FirstOrDefault(choice => choice.Type != JsonSchemaType.Null)?.Unwrap()
        ?? schema;

    public static JsonSchemaType KindOf(IOpenApiSchema schema) =>
        schema.Enum is { Count: > 0 } ? JsonSchemaType.String : (schema.Type ?? 0) & ~JsonSchemaType.Null;

    /// <summary>Values for a member of a body.</summary>
    public static IEnumerable<SweepValue<JsonNode?>> ForBody(IOpenApiSchema schema, bool required)
    {
        var kind = KindOf(schema);
        yield return new("null", null, required);
        foreach (var (type, value) in WrongTypes(kind))
        {
            yield return new($"{type} for {kind}", value, IsWrong: true);
        }

        if (schema.Enum is { Count: > 0 })
        {
            yield return new("an unknown word", JsonValue.Create("NO_SUCH_WORD"), IsWrong: true);
            yield return new("an empty word", JsonValue.Create(""), IsWrong: true);
            yield return new("two words", JsonValue.Create(TwoWords(schema)), IsWrong: true);
            yield return new(
                "a word in small letters",
                JsonValue.Create(AWord(schema).ToLowerInvariant()),
                IsWrong: true
            );
        }
        else if (kind == JsonSchemaType.Integer || kind == JsonSchemaType.Number)
        {
            foreach (var number in Numbers(schema))
            {
                yield return new(number.Label, JsonNode.Parse(number.Value), number.IsWrong);
            }
        }
        else if (kind == JsonSchemaType.String)
        {
            yield return new("half a surrogate pair", JsonValue.Create(SweepRequest.LoneSurrogate));
            foreach (var text in Texts(schema, required, longest: 300_000))
            {
                yield return new(text.Label, JsonValue.Create(text.Value), text.IsWrong);
            }
        }
        else if (kind == JsonSchemaType.Array)
        {
            yield return new("an array with null", new JsonArray((JsonNode?)null), IsWrong: true);
        }
    }

    /// <summary>Values for a parameter behind the question mark.</summary>
    public static IEnumerable<SweepValue<string>> ForQuery(IOpenApiSchema schema)
    {
        var kind = KindOf(schema);
        if (kind == JsonSchemaType.Array)
        {
            return ForQuery(schema.Items!);
        }

        SweepValue<string>[] common = [new("nothing", ""), new("no UTF-8", NoUtf8, kind != JsonSchemaType.String)];
        return common.Concat(
            schema.Enum is { Count: > 0 }
                ?
                [
                    new("an unknown word", "NO_SUCH_WORD", IsWrong: true),
                    new("two words", TwoWords(schema), IsWrong: true),
                ]
            : kind == JsonSchemaType.Integer || kind == JsonSchemaType.Number
                ?
                [
                    .. Numbers(schema),
                    new("text", "abc", IsWrong: true),
                    new("a foreign digit", "１", IsWrong: true),
                    new("a hexadecimal number", "0x10", IsWrong: true),
                ]
            : kind == JsonSchemaType.Boolean ? [new("text", "perhaps", IsWrong: true)]
            : Texts(schema, required: false, longest: 4_000)
        );
    }

    /// <summary>Values for a part of the path: none of them is anything that exists.</summary>
    public static IEnumerable<string> ForPath() =>
        [
            "0",
            "-1",
            "abc",
            "1.5",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "999999999999999999999999999999",
            "1%20or%201%3D1",
            "%27%20OR%20%271%27%3D%271",
            "%3Cscript%3E",
            "%F0%9F%98%80",
            "%EF%BC%91",
            "null",
            new string('9', 2_000),
        ];

    private static IEnumerable<(string Type, JsonNode? Value)> WrongTypes(JsonSchemaType kind)
    {
        (JsonSchemaType Kind, string Type, JsonNode? Value)[] all =
        [
            (JsonSchemaType.String, "a text", JsonValue.Create("text")),
            (JsonSchemaType.String, "a number in a text", JsonValue.Create("7")),
            (JsonSchemaType.Integer, "a number", JsonValue.Create(7)),
            (JsonSchemaType.Boolean, "true", JsonValue.Create(true)),
            (JsonSchemaType.Array, "an array", new JsonArray()),
            (JsonSchemaType.Object, "an object", new JsonObject()),
        ];
        return all.Where(value =>
                kind != 0
                && value.Kind != kind
                && !(value.Kind == JsonSchemaType.Integer && kind == JsonSchemaType.Number)
            )
            .Select(value => (value.Type, value.Value));
    }

    private static IEnumerable<SweepValue<string>> Numbers(IOpenApiSchema schema)
    {
        var (least, most) = schema.Format == "int32" ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        var minimum = BigInteger.Max(Bound(schema.Minimum) ?? least, least);
        var maximum = BigInteger.Min(Bound(schema.Maximum) ?? most, most);
        yield return new("the least", $"{minimum}");
        yield return new("less than the least", $"{minimum - 1}", IsWrong: true);
        yield return new("the most", $"{maximum}");
        yield return new("more than the most", $"{maximum + 1}", IsWrong: true);
        yield return new("more than 64 bits", "9223372036854775808", IsWrong: true);
        yield return new("far more", "1e400", IsWrong: true);
        foreach (var number in new BigInteger[] { -1, 0 })
        {
            yield return new($"{number}", $"{number}", number < minimum || number > maximum);
        }

        if (KindOf(schema) == JsonSchemaType.Integer)
        {
            yield return new("a fraction", "1.5", IsWrong: true);
        }
    }

    private static IEnumerable<SweepValue<string>> Texts(IOpenApiSchema schema, bool required, int longest)
    {
        if (schema.Format is "date-time" or "date")
        {
            yield return new("no time", "yesterday", IsWrong: true);
            yield return new("a day that is not", "2026-02-30T00:00:00Z", IsWrong: true);
            yield return new("a year too large", "10000-01-01T00:00:00Z", IsWrong: true);
            yield return new("the first time", "0001-01-01T00:00:00Z");
            yield return new(
                "the first time elsewhere",
                "0001-01-01T00:00:00%2B14:00".Replace("%2B", "+", StringComparison.Ordinal)
            );
            yield return new("the last time", "9999-12-31T23:59:59.9999999Z");
            yield break;
        }

        yield return new("an empty text", "", required || schema.MinLength > 0);
        yield return new("a text that nobody sees", "\u200b\u3164", required || schema.MinLength > 0);
        yield return new("a control character", "a\u0007b", IsWrong: true);
        yield return new("letters taken apart", Apart);
        foreach (var text in s_texts)
        {
            yield return new(SweepRequest.Shorten(text), text);
        }

        if (schema.MaxLength is { } length && length < longest)
        {
            yield return new("the longest text", new string('x', length));
            yield return new("a text too long", new string('x', length + 1), IsWrong: true);
            yield return new("the longest text of wide letters", new string('가', length));
        }

        yield return new("a very long text", new string('x', longest), schema.MaxLength < longest);
    }

    private static string AWord(IOpenApiSchema schema) => schema.Enum![0].GetValue<string>();

    private static string TwoWords(IOpenApiSchema schema) => $"{AWord(schema)}, {schema.Enum![^1].GetValue<string>()}";

    private static BigInteger? Bound(string? number) =>
        number is null ? null
        : BigInteger.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact)
            ? exact
        : new BigInteger(double.Parse(number, CultureInfo.InvariantCulture));
}
