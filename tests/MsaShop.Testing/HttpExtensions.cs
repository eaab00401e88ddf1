using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MsaShop.ServiceDefaults.Authentication;
using Xunit;

namespace MsaShop.Testing;

/// <summary>Shorter ways to ask a service and to judge its answer.</summary>
public static class HttpExtensions
{
    /// <summary>Sends this bearer token with every request.</summary>
    public static HttpClient WithToken(this HttpClient client, string token)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Sends this proof of the gateway's with every request.</summary>
    public static HttpClient WithAdminProof(this HttpClient client, string proof)
    {
        client.DefaultRequestHeaders.Add(AdminProofs.Header, proof);
        return client;
    }

    /// <summary>The answer's JSON, which must come with this status.</summary>
    public static async Task<JsonElement> JsonAsync(
        this Task<HttpResponseMessage> answer,
        HttpStatusCode status = HttpStatusCode.OK
    ) => await (await answer).JsonAsync(status);

    /// <inheritdoc cref="JsonAsync(Task{HttpResponseMessage}, HttpStatusCode)" />
    public static async Task<JsonElement> JsonAsync(
        this HttpResponseMessage answer,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"Expected {(int)status}, got {(int)answer.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>The answer's problem details, which must have this status and code, and a trace id.</summary>
    public static async Task<JsonElement> ProblemAsync(
        this Task<HttpResponseMessage> answer,
        HttpStatusCode status,
        string code
    ) => await (await answer).ProblemAsync(status, code);

    /// <inheritdoc cref="ProblemAsync(Task{HttpResponseMessage}, HttpStatusCode, string)" />
    public static async Task<JsonElement> ProblemAsync(
        this HttpResponseMessage answer,
        HttpStatusCode status,
        string code
    )
    {
        var problem = await answer.JsonAsync(status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    /// <summary>
    /// Checks that the answer is 400 <c>validation_failed</c> and that exactly these fields are wrong, named as on the wire.
    /// </summary>
    public static async Task InvalidAsync(this Task<HttpResponseMessage> answer, params string[] fields)
    {
        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        var errors = problem.GetProperty("errors");
        Assert.Equal(
            fields.Order(StringComparer.Ordinal),
            errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(errors.EnumerateObject(), error => Assert.NotEmpty(error.Value.EnumerateArray()));
    }
}
