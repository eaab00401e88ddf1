using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Validates that a text, or each of several, is a word of the enum, such as <c>BANK_TRANSFER</c>. It is for query
/// parameters: they bypass JSON converters, and an enum parameter would be refused without naming the field.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WordOfAttribute<TEnum> : ValidationAttribute, IOneOfWords
    where TEnum : struct, Enum
{
    /// <inheritdoc />
    public IEnumerable<string> Words => Enum.GetValues<TEnum>().Select(word => word.ToWord());

    /// <inheritdoc />
    public override bool IsValid(object? value) =>
        value switch
        {
            null => true,
            IEnumerable<string> words => words.All(IsWord),
            _ => IsWord((string)value),
        };

    private static bool IsWord(string text) => EnumWords.TryParse<TEnum>(text, out _);

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        $"The field {name} must be one of {string.Join(", ", Words)}.";
}

/// <summary>Exposes the accepted words to the OpenAPI document.</summary>
internal interface IOneOfWords
{
    IEnumerable<string> Words { get; }
}

/// <summary>Converts between enum values and their words.</summary>
public static class EnumWords
{
    /// <summary><c>OutOfStock</c> → <c>OUT_OF_STOCK</c>.</summary>
    public static string ToWord<TEnum>(this TEnum value)
        where TEnum : struct, Enum => EnumWords<TEnum>.Words[value];

    /// <summary>The value of a word; null for null.</summary>
    /// <exception cref="FormatException">It is unknown: a <see cref="WordOfAttribute{TEnum}"/> is missing.</exception>
    public static TEnum? Parse<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is null ? null
        : TryParse<TEnum>(word, out var value) ? value
        : throw new FormatException($"'{word}' is not a word of {typeof(TEnum).Name}.");

    internal static IEnumerable<string> Of(Type type) => Enum.GetNames(type).Select(name => Of(type, name));

    /// <summary>From the member's <see cref="JsonStringEnumMemberNameAttribute"/>, or else its name.</summary>
    internal static string Of(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    internal static bool TryParse<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum => EnumWords<TEnum>.Values.TryGetValue(word, out value);
}

internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    public static FrozenDictionary<TEnum, string> Words { get; } =
        Enum.GetValues<TEnum>()
            .ToFrozenDictionary(value => value, value => EnumWords.Of(typeof(TEnum), value.ToString()));

    public static FrozenDictionary<string, TEnum> Values { get; } =
        Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
}
