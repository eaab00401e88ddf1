namespace Aspire.Hosting.ApplicationModel;

/// <summary>The name of a network.</summary>
public record NetworkIdentifier(string Value);

/// <summary>The networks that every application knows.</summary>
public static class KnownNetworkIdentifiers
{
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    public static readonly NetworkIdentifier PublicInternet = new(".");

    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");
}

/// <summary>Host names with a meaning of their own.</summary>
public static class KnownHostNames
{
    public const string Localhost = "localhost";

    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";

    public const string DockerDesktopHostBridge = "host.docker.internal";
}
