using System.Diagnostics;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
[DebuggerDisplay("{Name}: {UriScheme} {Port} -> {TargetPort}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private int? _port;
    private int? _targetPort;
    private bool? _tlsEnabled;

    public EndpointAnnotation(
        ProtocolType protocol,
        NetworkIdentifier? networkId,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null
    )
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        ModelName.Validate("Endpoint", Name);
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null
    )
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied) { }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port that others use. Without a proxy it is the one the resource listens on.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set
        {
            _port = value;
            PortIsExplicit = true;
        }
    }

    /// <summary>The port that the resource listens on. Without a proxy it is the one that others use.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    public bool IsExternal { get; set; }

    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    public bool? IsExplicitlyProxied { get; set; }

    /// <summary>Whether references to the resource leave this endpoint out unless they name it.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    public bool TlsEnabled
    {
        get => _tlsEnabled ?? UriScheme == "https";
        set => _tlsEnabled = value;
    }

    public NetworkIdentifier DefaultNetworkID { get; }

    public AllocatedEndpoint? AllocatedEndpoint
    {
        get
        {
            var snapshot = AllAllocatedEndpoints.For(DefaultNetworkID);
            return snapshot.IsValueSet ? snapshot.GetValueAsync().GetAwaiter().GetResult() : null;
        }
        set
        {
            if (value is not null)
            {
                AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(value.NetworkID, value);
            }
        }
    }

    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = new();

    /// <summary>Whether the endpoint was made from the project's launch settings.</summary>
    internal bool FromLaunchProfile { get; set; }

    /// <summary>Whether the AppHost itself chose the port.</summary>
    internal bool PortIsExplicit { get; private set; }
}
