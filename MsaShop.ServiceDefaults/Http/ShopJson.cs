using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>The shop's JSON: camelCase members, upper-case enum words (<c>OUT_OF_STOCK</c>), nothing unknown or null.</summary>
public static class ShopJson
{
    /// <summary>The options, for what is read or written outside a request.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the options up.</summary>
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
