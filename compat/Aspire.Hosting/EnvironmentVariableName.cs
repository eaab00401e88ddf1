namespace Aspire.Hosting;

/// <summary>Names of resources as parts of environment variables.</summary>
internal static class EnvironmentVariableName
{
    /// <summary>Upper case, with <c>_</c> for what a variable's name cannot hold.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }
}
