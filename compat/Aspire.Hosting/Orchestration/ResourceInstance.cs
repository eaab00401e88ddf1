using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>One process or container of a resource; a resource has as many as it has replicas.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Suffix">Tells this one from its siblings and from those of another run.</param>
/// <param name="Index">Its place among them.</param>
internal sealed record ResourceInstance(IResource Resource, string Suffix, int Index)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>The name that DCP, the dashboard and the notifications know it by.</summary>
    public string Name { get; } = $"{Resource.Name}-{Suffix}";

    public bool IsContainer => Resource.IsContainer();

    public static ResourceInstance Create(IResource resource, int index) => new(resource, NewSuffix(), index);

    public static string NewSuffix() => RandomNumberGenerator.GetString(Letters, 8);
}
