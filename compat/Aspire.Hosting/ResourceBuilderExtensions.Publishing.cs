using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(
        this IResourceBuilder<T> builder,
        Action<ManifestPublishingContext> callback
    )
        where T : IResource =>
        builder.WithAnnotation(
            new ManifestPublishingCallbackAnnotation(callback),
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(
        this IResourceBuilder<T> builder,
        Func<ManifestPublishingContext, Task> callback
    )
        where T : IResource =>
        builder.WithAnnotation(
            new ManifestPublishingCallbackAnnotation(callback),
            ResourceAnnotationMutationBehavior.Replace
        );

    /// <summary>Leaves the resource out of manifests.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource =>
        builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Copies another resource's files into this one's image.</summary>
    public static IResourceBuilder<T> PublishWithContainerFiles<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithContainerFiles> source,
        string destinationPath
    )
        where T : IContainerFilesDestinationResource =>
        builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(
                new ContainerFilesDestinationAnnotation { Source = source.Resource, DestinationPath = destinationPath }
            )
            : builder;

    public static IResourceBuilder<T> WithContainerFilesSource<T>(this IResourceBuilder<T> builder, string sourcePath)
        where T : IResourceWithContainerFiles =>
        builder.WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = sourcePath });

    public static IResourceBuilder<T> ClearContainerFilesSources<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithContainerFiles
    {
        foreach (var source in builder.Resource.Annotations.OfType<ContainerFilesSourceAnnotation>())
        {
            builder.Resource.Annotations.Remove(source);
        }

        return builder;
    }
}
