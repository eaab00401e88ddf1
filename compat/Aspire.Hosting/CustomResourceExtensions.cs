using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures resources that the application itself brings to life.</summary>
public static class CustomResourceExtensions
{
    public static IResourceBuilder<TResource> WithInitialState<TResource>(
        this IResourceBuilder<TResource> builder,
        CustomResourceSnapshot initialSnapshot
    )
        where TResource : IResource =>
        builder.WithAnnotation(
            new ResourceSnapshotAnnotation(initialSnapshot),
            ResourceAnnotationMutationBehavior.Replace
        );
}
