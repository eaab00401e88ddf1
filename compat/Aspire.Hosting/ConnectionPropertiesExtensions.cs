using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Puts connection properties together.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>The source's properties with these added; these win.</summary>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(
        this IResourceWithConnectionString source,
        IEnumerable<KeyValuePair<string, ReferenceExpression>> additional
    )
    {
        var properties = source.GetConnectionProperties().ToList();
        foreach (var property in additional)
        {
            properties.RemoveAll(known => string.Equals(known.Key, property.Key, StringComparison.OrdinalIgnoreCase));
            properties.Add(property);
        }

        return properties;
    }
}
