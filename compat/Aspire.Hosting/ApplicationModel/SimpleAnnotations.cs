namespace Aspire.Hosting.ApplicationModel;

/// <summary>The key of a health check that speaks for the resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key;
}

/// <summary>How often a project runs.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

/// <summary>A named relation to another resource.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

/// <summary>The names of relations.</summary>
internal static class KnownRelationshipTypes
{
    public const string Parent = "Parent";
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}

/// <summary>How filled an icon is.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}

/// <summary>The icon of a resource in the dashboard.</summary>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled)
    : IResourceAnnotation
{
    public string IconName { get; } = iconName;

    public IconVariant IconVariant { get; } = iconVariant;
}

/// <summary>Whether the resource's endpoints may be proxied.</summary>
public sealed class ProxySupportAnnotation : IResourceAnnotation
{
    public bool ProxyEnabled { get; set; }
}

/// <summary>When a resource is hidden in the dashboard.</summary>
public enum HiddenBehavior
{
    Always,
    OnCompletion,
}

/// <summary>Hides the resource in the dashboard.</summary>
public sealed class HiddenAnnotation(HiddenBehavior behavior) : IResourceAnnotation
{
    public HiddenBehavior Behavior { get; } = behavior;

    public IReadOnlyList<int> SuccessfulExitCodes { get; init; } = [0];
}

/// <summary>The resource sends telemetry to the dashboard.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    public OtlpProtocol? RequiredProtocol { get; init; }
}

/// <summary>The project ignores the headers of a proxy in front of it.</summary>
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
