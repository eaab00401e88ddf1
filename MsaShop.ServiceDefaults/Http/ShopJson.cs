using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>The shop's JSON: camelCase members, enum words such as <c>OUT_OF_STOCK</c>, no nulls.</summary>
public static class ShopJson
{
    /// <summary>The options for JSON outside of requests.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Configures options for requests.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new WordConverterFactory());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
