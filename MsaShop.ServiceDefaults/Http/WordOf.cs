using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// The text, or each of several, is one of the enum's words, such as <c>BANK_TRANSFER</c>: for query parameters, which know nothing of JSON's
/// converters and would be refused without saying which of them is wrong.
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

/// <summary>Takes certain words only, for whoever documents it.</summary>
internal interface IOneOfWords
{
    /// <summary>The words.</summary>
    IEnumerable<string> Words { get; }
}

/// <summary>Reads enum words.</summary>
public static class EnumWords
{
    /// <summary>The value that the word stands for; null for null.</summary>
    /// <exception cref="FormatException">There is no such word: a <see cref="WordOfAttribute{TEnum}"/> is missing.</exception>
    public static TEnum? Parse<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is null ? null
        : TryParse<TEnum>(word, out var value) ? value
        : throw new FormatException($"'{word}' is not a word of {typeof(TEnum).Name}.");

    /// <summary>The words of this enum, in its order.</summary>
    internal static IEnumerable<string> Of(Type type) =>
        Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName);

    internal static bool TryParse<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum => EnumWords<TEnum>.Values.TryGetValue(word, out value);
}

/// <summary>An enum's words: there and back.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    public static FrozenDictionary<TEnum, string> Words { get; } =
        Enum.GetValues<TEnum>()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

    public static FrozenDictionary<string, TEnum> Values { get; } =
        Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
}
