using Microsoft.Net.Http.Headers;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// The header that names the version that a client has seen, so that it does not overwrite somebody else's change.
/// Without it, every change is allowed.
/// </summary>
public static class IfMatch
{
    /// <summary>The request header.</summary>
    public const string HeaderName = "If-Match";

    /// <summary>The error message for an invalid header.</summary>
    public const string Requirement = "The header If-Match must be * or a list of entity tags in quotes.";

    /// <summary>Whether the header is absent or valid HTTP.</summary>
    public static bool IsValid(string? header) =>
        header is null || EntityTagHeaderValue.TryParseStrictList([header], out _);

    /// <summary>Whether a valid header allows a change to the current <paramref name="version"/>.</summary>
    public static bool Allows(string? header, string version)
    {
        if (header is null)
        {
            return true;
        }

        var current = new EntityTagHeaderValue(ToTag(version));
        return EntityTagHeaderValue.TryParseStrictList([header], out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
    }

    /// <summary>Formats a version as an entity tag for the header <c>ETag</c>.</summary>
    public static string ToTag(string version) => $"\"{version}\"";
}
