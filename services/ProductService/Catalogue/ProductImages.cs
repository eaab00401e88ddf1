using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace MsaShop.ProductService.Catalogue;

/// <summary>The bundled pictures. Only files found at start are served, so that no name can lead anywhere else.</summary>
internal sealed class ProductImages
{
    private readonly FrozenDictionary<string, ProductImage> _images = Find(
        Path.Combine(AppContext.BaseDirectory, "DemoData", "images")
    );

    public ProductImage? Get(string fileName) => _images.GetValueOrDefault(fileName);

    private static FrozenDictionary<string, ProductImage> Find(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).ToFrozenDictionary(path => Path.GetFileName(path), Describe)
            : FrozenDictionary<string, ProductImage>.Empty;

    private static ProductImage Describe(string path)
    {
        using var file = File.OpenRead(path);
        // Derived from the content, so that every replica gives the same tag.
        var hash = Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 8));
        return new ProductImage(
            path,
            new FileExtensionContentTypeProvider().TryGetContentType(path, out var type)
                ? type
                : "application/octet-stream",
            new EntityTagHeaderValue($"\"{hash}\"")
        );
    }
}

internal sealed record ProductImage(string Path, string ContentType, EntityTagHeaderValue EntityTag);
