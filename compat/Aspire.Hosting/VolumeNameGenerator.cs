using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names for volumes that belong to one resource of one AppHost.</summary>
public static class VolumeNameGenerator
{
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        var application = builder.ApplicationBuilder;
        var name = string.Concat(
            application
                .Environment.ApplicationName.ToLowerInvariant()
                .Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_')
        );

        // Two AppHosts of the same name must not share their data.
        var hash = application.Configuration["AppHost:Sha256"]?[..10].ToLowerInvariant() ?? "0";
        return $"{name}-{hash}-{builder.Resource.Name}-{suffix}";
    }
}
