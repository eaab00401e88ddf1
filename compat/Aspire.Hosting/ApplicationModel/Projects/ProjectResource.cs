namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project.</summary>
public class ProjectResource(string name)
    : Resource(name),
        IResourceWithEnvironment,
        IResourceWithArgs,
        IResourceWithServiceDiscovery,
        IResourceWithWaitSupport,
        IResourceWithProbes,
        IComputeResource,
        IContainerFilesDestinationResource
{
    /// <summary>The https endpoint that stands for the launch profile's, if there is one.</summary>
    internal EndpointAnnotation? DefaultHttpsEndpoint { get; set; }

    /// <summary>Decides which endpoints the project is told to listen on.</summary>
    internal bool ShouldInjectEndpointEnvironment(EndpointReference endpoint) =>
        !Annotations
            .OfType<EndpointEnvironmentInjectionFilterAnnotation>()
            .Any(filter => !filter.Filter(endpoint.EndpointAnnotation));
}

internal sealed class EndpointEnvironmentInjectionFilterAnnotation(Func<EndpointAnnotation, bool> filter)
    : IResourceAnnotation
{
    public Func<EndpointAnnotation, bool> Filter { get; } = filter;
}

/// <summary>Questions about projects.</summary>
public static class ProjectResourceExtensions
{
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model) =>
        model.Resources.OfType<ProjectResource>();

    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) =>
        projectResource.Annotations.OfType<IProjectMetadata>().Single();
}
