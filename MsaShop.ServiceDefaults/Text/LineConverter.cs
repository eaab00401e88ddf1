using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Reads every string in a request's body as <see cref="ShopText"/> stores it, and refuses what is not text. Members
/// that are not a single line of text name one of the other converters.
/// </summary>
public class LineConverter : JsonConverter<string>
{
    /// <inheritdoc />
    public sealed override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Understand(reader.GetString()!) : throw new JsonException();

    /// <inheritdoc />
    public sealed override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Converts the text.</summary>
    /// <exception cref="UnfitTextException">The text has control characters.</exception>
    protected virtual string Understand(string text) =>
        ShopText.IsText(text) ? ShopText.Clean(text) : throw new UnfitTextException();
}

/// <summary>The text may have several lines.</summary>
public sealed class LinesConverter : LineConverter
{
    /// <inheritdoc />
    protected override string Understand(string text) =>
        ShopText.IsText(text, inLines: true) ? ShopText.Clean(text) : throw new UnfitTextException();
}

/// <summary>The text is kept exactly: a secret, or a value that another service has already stored.</summary>
public sealed class ExactConverter : LineConverter
{
    /// <inheritdoc />
    protected override string Understand(string text) => text;
}

/// <summary>
/// A new password: composed (NFC) like other text, with every kind of space mapped to the ASCII space as in RFC 8265
/// (OpaqueString), but not trimmed.
/// </summary>
public sealed class PasswordConverter : LineConverter
{
    /// <summary>Normalizes a password, so that it matches whichever keyboard it was typed on.</summary>
    public static string Normalize(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return ShopText.IsWellFormed(password)
            ? string.Concat(
                    password.Select(letter => char.IsWhiteSpace(letter) && !char.IsControl(letter) ? ' ' : letter)
                )
                .Normalize(NormalizationForm.FormC)
            : password;
    }

    /// <inheritdoc />
    protected override string Understand(string text) =>
        ShopText.IsText(text) ? Normalize(text) : throw new UnfitTextException();
}

/// <summary>A text in a body has control characters; the path names the member.</summary>
public sealed class UnfitTextException() : JsonException(Requirement)
{
    /// <summary>The error message.</summary>
    public const string Requirement = "The text must not have control characters.";
}
