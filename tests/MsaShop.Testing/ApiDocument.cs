using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
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
    /// document renews the storefront's types, and what no longer fits does not compile.
    /// </summary>
    public static async Task AssertApiIsAsDocumentedAsync<TProgram>(this ServiceFactory<TProgram> service)
        where TProgram : class
    {
        ArgumentNullException.ThrowIfNull(service);
        var name = service.Services.GetRequiredService<ServiceIdentity>().Name;
        var path = Repository.PathOf("docs", "api", $"{name}.json");
        var served = await service.CreateAnonymousClient().GetStringAsync("/openapi/v1.json");
        var text = JsonNode.Parse(served)!.ToJsonString(s_format).ReplaceLineEndings("\n") + "\n";

        if (AreWritten)
        {
            await File.WriteAllTextAsync(path, text);
            return;
        }

        Assert.True(
            text == (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"),
            $"The API of {name} is not what docs/api/{name}.json says. If it is meant to change, run ./shop api."
        );
    }
}
