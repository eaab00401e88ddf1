using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Publishes what is no container on the developer's machine as one.</summary>
internal static class PublishedContainer
{
    public static IResourceBuilder<T> Publish<T>(
        IResourceBuilder<T> builder,
        string contextPath,
        Action<IResourceBuilder<ContainerResource>>? configure
    )
        where T : IResource
    {
        if (!builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return builder;
        }

        var container = new StandIn(builder.Resource.Name, builder.Resource.Annotations);
        var containerBuilder = builder
            .ApplicationBuilder.CreateResourceBuilder<ContainerResource>(container)
            .WithDockerfile(contextPath);
        configure?.Invoke(containerBuilder);
        return builder.WithManifestPublishingCallback(context => context.WriteContainerAsync(container));
    }

    /// <summary>Shares everything with the resource it stands for.</summary>
    private sealed class StandIn(string name, ResourceAnnotationCollection annotations) : ContainerResource(name)
    {
        public override ResourceAnnotationCollection Annotations { get; } = annotations;
    }
}
