using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using MsaShop.ServiceDefaults;
using Xunit;

namespace MsaShop.Testing;

/// <summary>The services' OpenAPI documents in <c>docs/api</c>, which the storefront's client is made of.</summary>
public static class ApiDocument
{
    /// <summary>Set to 1, the documents are written instead of compared; <c>./shop api</c> does that.</summary>
    private const string WriteVariable = "MSA_SHOP_WRITE_API";

    /// <summary>Whether documents are to be written instead of compared.</summary>
    internal static bool AreWritten => Environment.GetEnvironmentVariable(WriteVariable) == "1";

    private static readonly JsonSerializerOptions s_format = new()
    {
        WriteIndented = true,
        // Read by people too: Korean words and apostrophes stay what they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Asserts that the service serves the document in <c>docs/api</c>, so that no change of an API goes unseen: a renewed
    /// document renews the storefront's types, and what no longer fits does not compile. The same goes for the document of
    /// what it offers to other services, which their clients and stubs are tested against.
    /// </summary>
    public static async Task AssertApiIsAsDocumentedAsync<TProgram>(this ServiceFactory<TProgram> service)
        where TProgram : class
    {
        ArgumentNullException.ThrowIfNull(service);
        var name = service.Services.GetRequiredService<ServiceIdentity>().Name;
        var served = await service.CreateAnonymousClient().GetStringAsync("/openapi/v1.json");
        await AssertIsKeptAsync(JsonNode.Parse(served)!, $"{name}.json");

        var offered = await service.ReadInternalDocumentAsync();
        if (offered["paths"] is JsonObject { Count: > 0 })
        {
            await AssertIsKeptAsync(offered, InternalApi.Folder, $"{name}.json");
        }
    }

    private static async Task<JsonNode> ReadInternalDocumentAsync<TProgram>(this ServiceFactory<TProgram> service)
        where TProgram : class
    {
        var document = await service
            .Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ServiceDefaultsExtensions.InternalDocument)
            .GetOpenApiDocumentAsync();
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!;
    }

    private static async Task AssertIsKeptAsync(JsonNode document, params string[] file)
    {
        var path = Repository.PathOf(["docs", "api", .. file]);
        var text = document.ToJsonString(s_format).ReplaceLineEndings("\n") + "\n";
        if (AreWritten)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text);
            return;
        }

        Assert.True(
            text == (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"),
            $"docs/api/{string.Join('/', file)} is not what the service offers. If that is meant to change, run ./shop api."
        );
    }
}
