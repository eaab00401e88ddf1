namespace Aspire.Hosting.ApplicationModel;

/// <summary>What can be asked of an endpoint.</summary>
public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
    TlsEnabled,
}

/// <summary>Refers to an endpoint of a resource, which may be declared later.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _annotation;

    public EndpointReference(
        IResourceWithEndpoints owner,
        EndpointAnnotation endpoint,
        NetworkIdentifier? contextNetworkId
    )
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpoint);
        Resource = owner;
        EndpointName = endpoint.Name;
        ContextNetworkID = contextNetworkId;
        _annotation = endpoint;
    }

    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint, null) { }

    public EndpointReference(
        IResourceWithEndpoints owner,
        string endpointName,
        NetworkIdentifier? contextNetworkId = null
    )
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
        ContextNetworkID = contextNetworkId;
    }

    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
        : this(owner, endpointName, null) { }

    public EndpointAnnotation EndpointAnnotation =>
        Find()
        ?? throw new InvalidOperationException(
            ErrorMessage ?? $"The resource '{Resource.Name}' has no endpoint named '{EndpointName}'."
        );

    public IResourceWithEndpoints Resource { get; }

    public string EndpointName { get; }

    public string? ErrorMessage { get; init; }

    public bool IsAllocated => Find()?.AllAllocatedEndpoints.For(NetworkOrDefault).IsValueSet == true;

    public bool Exists => Find() is not null;

    public bool IsHttp => Scheme == "http";

    public bool IsHttps => Scheme == "https";

    public bool TlsEnabled => EndpointAnnotation.TlsEnabled;

    public bool IsHttpSchemeNamedEndpoint => (IsHttp || IsHttps) && (EndpointName is "http" or "https");

    public bool ExcludeReferenceEndpoint => EndpointAnnotation.ExcludeReferenceEndpoint;

    public NetworkIdentifier? ContextNetworkID { get; }

    public int Port => Allocated.Port;

    public int? TargetPort => EndpointAnnotation.TargetPort;

    public string Host => Allocated.Address;

    public string Scheme => EndpointAnnotation.UriScheme;

    public string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => GetExpression(EndpointProperty.Url);

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private NetworkIdentifier NetworkOrDefault => ContextNetworkID ?? KnownNetworkIdentifiers.LocalhostNetwork;

    private AllocatedEndpoint Allocated =>
        IsAllocated
            ? EndpointAnnotation.AllAllocatedEndpoints.For(NetworkOrDefault).GetValueAsync().GetAwaiter().GetResult()
            : throw new InvalidOperationException(
                $"The endpoint '{EndpointName}' of the resource '{Resource.Name}' has no address yet."
            );

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    public ValueTask<string?> GetValueAsync(
        ValueProviderContext context,
        CancellationToken cancellationToken = default
    ) => Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    internal string GetExpression(EndpointProperty property) =>
        property switch
        {
            EndpointProperty.Url => $"{{{Resource.Name}.bindings.{EndpointName}.url}}",
            EndpointProperty.Host or EndpointProperty.IPV4Host => $"{{{Resource.Name}.bindings.{EndpointName}.host}}",
            EndpointProperty.Port => $"{{{Resource.Name}.bindings.{EndpointName}.port}}",
            EndpointProperty.Scheme => $"{{{Resource.Name}.bindings.{EndpointName}.scheme}}",
            EndpointProperty.TargetPort => $"{{{Resource.Name}.bindings.{EndpointName}.targetPort}}",
            EndpointProperty.HostAndPort =>
                $"{{{Resource.Name}.bindings.{EndpointName}.host}}:{{{Resource.Name}.bindings.{EndpointName}.port}}",
            EndpointProperty.TlsEnabled => $"{{{Resource.Name}.bindings.{EndpointName}.tlsEnabled}}",
            _ => throw new ArgumentOutOfRangeException(nameof(property), property, "There is no such property."),
        };

    private EndpointAnnotation? Find() =>
        _annotation ??= Resource
            .Annotations.Snapshot()
            .OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
