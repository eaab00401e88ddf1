namespace Aspire.Hosting;

/// <summary>The parts of an image's name.</summary>
internal static class ImageName
{
    private const string Digest = "@sha256:";

    public static (string? Registry, string Name, string? Tag, string? Digest) Parse(string image)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        string? digest = null;
        string? tag = null;
        string? registry = null;

        var at = image.IndexOf(Digest, StringComparison.Ordinal);
        if (at >= 0)
        {
            digest = image[(at + Digest.Length)..];
            image = image[..at];
        }

        // A colon before the last slash belongs to the registry's port.
        var colon = image.LastIndexOf(':');
        if (colon > image.LastIndexOf('/'))
        {
            tag = image[(colon + 1)..];
            image = image[..colon];
        }

        var slash = image.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && (image[..slash] is "localhost" || image[..slash].AsSpan().ContainsAny('.', ':')))
        {
            registry = image[..slash];
            image = image[(slash + 1)..];
        }

        return (registry, image, tag, digest);
    }
}
