namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource graph of an application.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection(resources)) { }

    public IResourceCollection Resources { get; } = resources;
}

/// <summary>Questions to an application's resource graph.</summary>
public static class DistributedApplicationModelExtensions
{
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model) =>
        model.Resources.Where(resource => resource is IComputeResource && !resource.IsExcludedFromPublish());
}
