using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>
/// Reads every text of a request's body as <see cref="ShopText"/> keeps it, and refuses what is none. A member that is
/// something else than a line of text says so with one of the others.
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

    /// <summary>What is taken of the text.</summary>
    /// <exception cref="UnfitTextException">Nothing of it.</exception>
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

/// <summary>The text counts letter by letter: a secret, or what another service has kept already.</summary>
public sealed class ExactConverter : LineConverter
{
    /// <inheritdoc />
    protected override string Understand(string text) => text;
}

/// <summary>
/// A new password: composed as other text, and blanks are blanks, as RFC 8265 has it (OpaqueString); but none is trimmed.
/// </summary>
public sealed class PasswordConverter : LineConverter
{
    /// <summary>The password that is meant, whatever keyboard it was typed on.</summary>
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

/// <summary>A text of a body has what no text of the shop's has. The path says which.</summary>
public sealed class UnfitTextException() : JsonException(Requirement)
{
    /// <summary>What is wrong with it.</summary>
    public const string Requirement = "The text must not have control characters.";
}
