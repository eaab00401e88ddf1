using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Reads a body's texts as <see cref="ShopText"/> stores them, and refuses invalid ones. A member that is not a line of text
/// uses one of the other converters.
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

    /// <summary>The text as it is accepted.</summary>
    /// <exception cref="UnfitTextException">It is invalid.</exception>
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

/// <summary>The text stays exactly as it is: a secret, or text that another service has normalised.</summary>
public sealed class ExactConverter : LineConverter
{
    /// <inheritdoc />
    protected override string Understand(string text) => text;
}

/// <summary>
/// A new password: composed like other text, with any blank as a plain blank (RFC 8265, OpaqueString), but not trimmed.
/// </summary>
public sealed class PasswordConverter : LineConverter
{
    /// <summary>The normalised password, the same for every keyboard.</summary>
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

/// <summary>A body's text is invalid. The path says which.</summary>
public sealed class UnfitTextException() : JsonException(Requirement)
{
    /// <summary>The error message.</summary>
    public const string Requirement = "The text must not have control characters.";
}
