using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Requires the text, or each of several, to be one of the enum's words, such as <c>BANK_TRANSFER</c>. For query parameters:
/// JSON converters do not apply, and the framework would refuse them without naming the wrong one.
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

/// <summary>Lists the accepted words, for the OpenAPI document.</summary>
internal interface IOneOfWords
{
    /// <summary>The words.</summary>
    IEnumerable<string> Words { get; }
}

/// <summary>Reads and writes enum words.</summary>
public static class EnumWords
{
    /// <summary><c>OutOfStock</c> → <c>OUT_OF_STOCK</c>.</summary>
    public static string ToWord<TEnum>(this TEnum value)
        where TEnum : struct, Enum => EnumWords<TEnum>.Words[value];

    /// <summary>The word's value; null for null.</summary>
    /// <exception cref="FormatException">There is no such word: a <see cref="WordOfAttribute{TEnum}"/> is
    /// missing.</exception>
    public static TEnum? Parse<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is null ? null
        : TryParse<TEnum>(word, out var value) ? value
        : throw new FormatException($"'{word}' is not a word of {typeof(TEnum).Name}.");

    /// <summary>The enum's words, in its order.</summary>
    internal static IEnumerable<string> Of(Type type) => Enum.GetNames(type).Select(name => Of(type, name));

    /// <summary>A member's word: its own, or its name in the shop's spelling.</summary>
    internal static string Of(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    internal static bool TryParse<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum => EnumWords<TEnum>.Values.TryGetValue(word, out value);
}

/// <summary>An enum's words in both directions.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    public static FrozenDictionary<TEnum, string> Words { get; } =
        Enum.GetValues<TEnum>()
            .ToFrozenDictionary(value => value, value => EnumWords.Of(typeof(TEnum), value.ToString()));

    public static FrozenDictionary<string, TEnum> Values { get; } =
        Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
}
