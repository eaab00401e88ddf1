using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One running copy of a resource.</summary>
/// <param name="Name">Its identity, <c>{resource}-{suffix}</c>.</param>
/// <param name="Suffix">What tells it from the other copies; telemetry calls it the service instance.</param>
/// <param name="Index">Its number, from 0.</param>
internal sealed record DcpInstance(string Name, string Suffix, int Index);

/// <summary>The running copies of a resource, which the orchestrator decides on.</summary>
internal sealed class DcpInstancesAnnotation(ImmutableArray<DcpInstance> instances) : IResourceAnnotation
{
    public ImmutableArray<DcpInstance> Instances { get; } = instances;
}
