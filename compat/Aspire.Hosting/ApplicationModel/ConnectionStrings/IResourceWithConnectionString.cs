namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is reached with a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IExpressionValue, IValueWithReferences
{
    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ReferenceExpression ConnectionStringExpression { get; }

    string? ConnectionStringEnvironmentVariable => null;

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];

    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ConnectionStringExpression.GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        GetConnectionStringAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(
        ValueProviderContext context,
        CancellationToken cancellationToken
    ) => ConnectionStringExpression.GetValueAsync(context, cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];
}

/// <summary>Sends those who ask for a resource's connection string to another resource.</summary>
public class ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource) : IResourceAnnotation
{
    public IResourceWithConnectionString Resource { get; } = resource;
}

/// <summary>A connection property beyond those the resource has by itself.</summary>
public sealed class ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression)
    : IResourceAnnotation
{
    public string Name { get; } = name;

    public ReferenceExpression Value { get; } = referenceExpression;
}

/// <summary>A connection string as the value of an environment variable.</summary>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional)
    : IExpressionValue,
        IValueWithReferences
{
    public IResourceWithConnectionString Resource { get; } = resource;

    public bool Optional { get; } = optional;

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        ((IValueProvider)this).GetValueAsync(new ValueProviderContext(), cancellationToken);

    async ValueTask<string?> IValueProvider.GetValueAsync(
        ValueProviderContext context,
        CancellationToken cancellationToken
    )
    {
        var value = await Resource.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(value) && !Optional
            ? throw new DistributedApplicationException($"The connection string of '{Resource.Name}' is not available.")
            : value;
    }
}
