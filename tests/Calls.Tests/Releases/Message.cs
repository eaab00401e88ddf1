using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using MsaShop.Testing;

namespace MsaShop.Calls.Tests.Releases;

/// <summary>What one service says to another, or to itself for later: a call, an event of the feed, a message of an outbox.</summary>
/// <param name="Name">Which one: of each there is one recorded.</param>
/// <param name="Query">A call's query.</param>
/// <param name="Body">The content.</param>
/// <param name="Answer">What a call was answered.</param>
public sealed partial record Message(string Name, JsonObject? Query, JsonNode? Body, JsonNode? Answer)
{
    /// <summary>The call, without what tells one order from another.</summary>
    public static Message Of(string service, SeenCall call) =>
        new(
            $"{call.Method} {service}{Ids().Replace(call.Path, match => match.Value.Contains('-') ? "{orderNumber}" : "{id}")} {call.Status}",
            QueryOf(call.Query),
            Parse(call.Body),
            Parse(call.Answer)
        );

    /// <summary>
    /// Complains of what a reader of the recorded message would miss in this one, or find to be of another kind. More than the
    /// recorded one has does it no harm.
    /// </summary>
    public IEnumerable<string> FindMissing(Message recorded) =>
        [
            .. FindMissing($"{Name}: query", recorded.Query, Query),
            .. FindMissing($"{Name}: body", recorded.Body, Body),
            .. FindMissing($"{Name}: answer", recorded.Answer, Answer),
        ];

    private static IEnumerable<string> FindMissing(string path, JsonNode? recorded, JsonNode? now)
    {
        if (recorded is null)
        {
            return [];
        }

        if (now is null || Kind(recorded) != Kind(now))
        {
            return [$"{path} was {recorded.ToJsonString()}, and is {now?.ToJsonString() ?? "nothing"}"];
        }

        return (recorded, now) switch
        {
            (JsonObject old, JsonObject fresh) => old.SelectMany(member =>
                FindMissing($"{path}.{member.Key}", member.Value, fresh[member.Key])
            ),
            // What an item does not have is not there: one that has it all will do.
            (JsonArray { Count: > 0 } old, JsonArray { Count: > 0 } fresh) => fresh
                .Select(item => FindMissing($"{path}[]", old[0], item).ToList())
                .MinBy(missing => missing.Count)!,
            _ => [],
        };
    }

    private static JsonValueKind Kind(JsonNode node) =>
        node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : node.GetValueKind();

    private static JsonObject? QueryOf(string query) =>
        query.Length == 0
            ? null
            : new JsonObject(
                QueryHelpers
                    .ParseQuery(query)
                    .Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value.ToString()))
            );

    private static JsonNode? Parse(string json) => json.Length == 0 ? null : JsonNode.Parse(json);

    [GeneratedRegex(@"(?<=/)\d{6,8}-[A-Za-z0-9_-]+|(?<=/)\d+(?=/|$)")]
    private static partial Regex Ids();
}
