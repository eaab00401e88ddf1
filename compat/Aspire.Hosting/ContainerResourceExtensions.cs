using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Questions about containers.</summary>
public static class ContainerResourceExtensions
{
    public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model) =>
        model.Resources.Where(resource => resource.IsContainer());

    public static bool IsContainer(this IResource resource) =>
        resource.HasAnnotationOfType<ContainerImageAnnotation>() || resource is ContainerResource;
}
