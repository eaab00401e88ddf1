using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    private readonly ResourceStateSnapshot? _state;
    private readonly ImmutableArray<HealthReportSnapshot> _healthReports = [];

    public required string ResourceType { get; init; }

    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State
    {
        get => _state;
        init
        {
            _state = value;
            HealthStatus = ComputeHealthStatus(_healthReports, value?.Text);
        }
    }

    public int? ExitCode { get; init; }

    /// <summary>Null while the resource does not run, then the worst of its reports.</summary>
    public HealthStatus? HealthStatus { get; private init; }

    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init
        {
            _healthReports = value;
            HealthStatus = ComputeHealthStatus(value, _state?.Text);
        }
    }

    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    public bool IsHidden { get; init; }

    public string? IconName { get; init; }

    public IconVariant? IconVariant { get; init; }

    /// <summary>The handlers of <see cref="ResourceReadyEvent"/>, once the resource is ready.</summary>
    internal EventSnapshot? ResourceReadyEvent { get; init; }

    /// <summary>Counts the updates of this resource.</summary>
    internal long Version { get; init; }

    internal static HealthStatus? ComputeHealthStatus(
        ImmutableArray<HealthReportSnapshot> healthReports,
        string? state
    ) =>
        state != KnownResourceStates.Running ? null
        : healthReports.IsDefaultOrEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : healthReports.Min(report =>
            report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy
        );
}

/// <summary>An event whose handlers run, or have run.</summary>
internal sealed record EventSnapshot(Task EventTask);

/// <summary>A state, and how to show it.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? state) =>
        state is null ? null : new ResourceStateSnapshot(state, Style: null);
}

/// <summary>An environment variable of a resource.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>A URL of a resource.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    public bool IsInactive { get; init; }
}

/// <summary>How a URL is shown.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A volume of a resource.</summary>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A property of a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public string? DisplayName { get; init; }

    public bool IsSensitive { get; init; }

    public bool IsHighlighted { get; init; }

    public int? SortOrder { get; init; }
}

/// <summary>A relation of a resource to another.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>The latest result of a health check.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    public DateTime? LastRunAt { get; init; }
}

/// <summary>Where a resource begins.</summary>
public class ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) : IResourceAnnotation
{
    public CustomResourceSnapshot InitialSnapshot { get; } = initialSnapshot;
}

/// <summary>Changes to snapshots.</summary>
internal static class SnapshotExtensions
{
    /// <summary>The properties with this one set, or added.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> SetProperty(
        this ImmutableArray<ResourcePropertySnapshot> properties,
        string name,
        object? value,
        bool isSensitive = false
    )
    {
        var property = new ResourcePropertySnapshot(name, value) { IsSensitive = isSensitive };
        var known = properties.FirstOrDefault(candidate => candidate.Name == name);
        return known is null ? properties.Add(property) : properties.Replace(known, property);
    }
}
