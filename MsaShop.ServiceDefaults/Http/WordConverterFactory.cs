using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Reads and writes enums as exactly one word, such as <c>OUT_OF_STOCK</c>. The framework's converter also accepts a
/// comma-separated list and combines it into an undefined value.
/// </summary>
internal sealed class WordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class WordConverter<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException();

        public override TEnum ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
            writer.WriteStringValue(EnumWords<TEnum>.Words[value]);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
            writer.WritePropertyName(EnumWords<TEnum>.Words[value]);

        private static TEnum Parse(string word) =>
            EnumWords.TryParse<TEnum>(word, out var value) ? value : throw new JsonException();
    }
}
