using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which local addresses an endpoint is bound to.</summary>
public enum EndpointBindingMode
{
    SingleAddress,
    DualStackAnyAddresses,
    IPv4AnyAddresses,
    IPv6AnyAddresses,
}

/// <summary>An endpoint's address, once it has one.</summary>
public class AllocatedEndpoint
{
    public AllocatedEndpoint(
        EndpointAnnotation endpoint,
        string address,
        int port,
        EndpointBindingMode bindingMode,
        string? targetPortExpression = null,
        NetworkIdentifier? networkId = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);

        Endpoint = endpoint;
        Address = address;
        Port = port;
        BindingMode = bindingMode;
        TargetPortExpression = targetPortExpression;
        NetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    public AllocatedEndpoint(
        EndpointAnnotation endpoint,
        string address,
        int port,
        EndpointBindingMode bindingMode,
        string? targetPortExpression = null
    )
        : this(endpoint, address, port, bindingMode, targetPortExpression, networkId: null) { }

    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
        : this(endpoint, address, port, EndpointBindingMode.SingleAddress, targetPortExpression) { }

    public EndpointAnnotation Endpoint { get; }

    public string Address { get; }

    public EndpointBindingMode BindingMode { get; }

    public int Port { get; }

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <summary>How the resource itself learns the port to listen on; the process manager fills it in.</summary>
    public string? TargetPortExpression { get; }

    public NetworkIdentifier NetworkID { get; }

    public override string ToString() => UriString;
}
