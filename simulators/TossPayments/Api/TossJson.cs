using System.Text.Encodings.Web;
using System.Text.Json;

namespace MsaShop.TossPayments.Api;

/// <summary>Toss's JSON: nulls are written, Korean is not escaped.</summary>
internal static class TossJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, s_options);
}
