using System.Text.RegularExpressions;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>The storefront's words in one language, from its own dictionaries: tests look for what a visitor reads.</summary>
public sealed partial class Words
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public Words(string language)
    {
        Language = language;
        var folder = Repository.PathOf("frontend", "src", "lib", "i18n");
        foreach (
            var file in new[]
            {
                Path.Combine(folder, $"{language}.ts"),
                Path.Combine(folder, "admin", $"{language}.ts"),
            }
        )
        {
            foreach (Match entry in Entry().Matches(File.ReadAllText(file)))
            {
                _texts[entry.Groups["key"].Value] = entry
                    .Groups["text"]
                    .Value.Replace("\\'", "'", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>ko or en.</summary>
    public string Language { get; }

    /// <summary>The text of a key.</summary>
    public string this[string key] =>
        _texts.TryGetValue(key, out var text)
            ? text
            : throw new InvalidOperationException($"The storefront has no text '{key}' in {Language}.");

    /// <summary>The text of a key with its gaps filled in.</summary>
    public string Get(string key, params (string Gap, object Value)[] values) =>
        values.Aggregate(
            this[key],
            (text, value) => text.Replace($"{{{value.Gap}}}", $"{value.Value}", StringComparison.Ordinal)
        );

    /// <summary>An amount, as the storefront writes it.</summary>
    public string Won(decimal amount) =>
        Language == "ko" ? FormattableString.Invariant($"{amount:N0}원") : FormattableString.Invariant($"₩{amount:N0}");

    /// <summary>Picks one of two texts that are not the storefront's own.</summary>
    public string Choose(string korean, string english) => Language == "ko" ? korean : english;

    [GeneratedRegex(
        """^\s*(?:'(?<key>[^']+)'|(?<key>\w+)):\s*(?<quote>['"`])(?<text>.*?)(?<!\\)\k<quote>,?$""",
        RegexOptions.Multiline
    )]
    private static partial Regex Entry();
}
