using Microsoft.OpenApi;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>One operation of the API, as its service documents it.</summary>
internal sealed record SweepOperation(HttpMethod Method, string Path, OpenApiOperation Definition)
{
    private static readonly string[] s_documents = ["users", "products", "orders", "payments"];

    public string Id => Definition.OperationId ?? Name;

    public string Name => $"{Method} {Path}";

    public IReadOnlyList<IOpenApiParameter> Parameters { get; } = [.. Definition.Parameters ?? []];

    public bool IsPublic => Definition.Security is null or { Count: 0 };

    public bool IsForAdmins => RequiredRole == "ADMIN";

    public IOpenApiSchema? Body
    {
        get
        {
            OpenApiMediaType? json = null;
            Definition.RequestBody?.Content?.TryGetValue("application/json", out json);
            return json?.Schema;
        }
    }

    public bool WantsBody => Definition.RequestBody?.Required == true;

    public bool WantsPicture => Definition.RequestBody?.Content?.ContainsKey("image/png") == true;

    private string? RequiredRole =>
        Definition.Extensions?.TryGetValue("x-required-role", out var extension) == true
        && extension is JsonNodeExtension { Node: var role }
            ? role.GetValue<string>()
            : null;

    /// <summary>All operations of all services, from their documents on the gateway.</summary>
    public static async Task<IReadOnlyList<SweepOperation>> ReadAllAsync(HttpClient gateway)
    {
        var operations = new List<SweepOperation>();
        foreach (var name in s_documents)
        {
            await using var text = await gateway.GetStreamAsync($"/openapi/{name}.json");
            var (document, diagnostic) = await OpenApiDocument.LoadAsync(text, "json");
            Assert.True(
                diagnostic?.Errors.Count == 0,
                $"The document of {name} is not valid: {string.Join("; ", diagnostic?.Errors ?? [])}"
            );
            operations.AddRange(
                document!.Paths.SelectMany(path =>
                    path.Value.Operations!.Select(operation => new SweepOperation(
                        operation.Key,
                        path.Key.TrimEnd('/'),
                        operation.Value
                    ))
                )
            );
        }

        return operations;
    }
}
