using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MsaShop.ServiceDefaults.Http;
using Xunit;

namespace MsaShop.Testing;

/// <summary>
/// Another service as its internal document describes it: refuses a request that the document does not have, and answers
/// with what the document says. A typed client that gets along with it agrees with the service.
/// </summary>
public sealed class DocumentedService : HttpMessageHandler
{
    private JsonNode? _answer;

    /// <summary>Whether answers have what may be missing.</summary>
    public bool AnswersEverything { get; init; } = true;

    /// <summary>Which of its words an enum in an answer has.</summary>
    public int Word { get; init; }

    /// <summary>The refusal to answer with; null for a success.</summary>
    public (HttpStatusCode Status, string Code)? Refusal { get; init; }

    /// <summary>An <see cref="HttpClient"/> for the typed client.</summary>
    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://documented") };

    /// <summary>Asserts that all that the client made of the last answer was in it, under these names and with these values.</summary>
    /// <param name="read">What the client returned.</param>
    /// <param name="member">The member of the answer that it is; null for all of it.</param>
    public void AssertAnswered(object? read, string? member = null)
    {
        var sent = member is null ? _answer : _answer?[member];
        AssertWithin(sent, JsonSerializer.SerializeToNode(read, ShopJson.Options), "answer");
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var address = request.RequestUri!;
        var operation = InternalApi.Find(request.Method.Method, address.AbsolutePath);
        Assert.True(operation is not null, $"No document has {request.Method} {address.AbsolutePath}.");
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var faults = string.Join('\n', operation.FaultsOfRequest(address.Query, body));
        Assert.True(faults.Length == 0, faults);
        if (Refusal is { } refusal)
        {
            Assert.Contains(refusal.Code, operation.CodesAt((int)refusal.Status));
            return Answer(refusal.Status, new JsonObject { ["code"] = refusal.Code });
        }

        var (status, answer) = operation.Succeed(AnswersEverything, Word);
        _answer = answer;
        return Answer((HttpStatusCode)status, answer);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonNode? body) =>
        new(status)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };

    private static void AssertWithin(JsonNode? sent, JsonNode? read, string place)
    {
        switch (read)
        {
            case JsonObject members:
                var known = Assert.IsType<JsonObject>(sent);
                foreach (var (name, value) in members)
                {
                    Assert.True(known.ContainsKey(name), $"{place} has no {name}.");
                    AssertWithin(known[name], value, $"{place}.{name}");
                }

                break;
            case JsonArray items:
                var all = Assert.IsType<JsonArray>(sent);
                Assert.Equal(all.Count, items.Count);
                foreach (var (one, item) in all.Zip(items))
                {
                    AssertWithin(one, item, $"{place}[]");
                }

                break;
            default:
                Assert.True(
                    JsonNode.DeepEquals(sent, read),
                    $"{place} is {sent?.ToJsonString()}, and was read as {read?.ToJsonString()}."
                );
                break;
        }
    }
}
