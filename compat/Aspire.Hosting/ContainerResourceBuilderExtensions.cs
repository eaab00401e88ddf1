using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds and configures containers.</summary>
public static class ContainerResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEndpointProxySupport<T>(this IResourceBuilder<T> builder, bool proxyEnabled)
        where T : ContainerResource =>
        builder.WithAnnotation(
            new ProxySupportAnnotation { ProxyEnabled = proxyEnabled },
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string image
    ) => builder.AddResource(new ContainerResource(name)).WithImage(image);

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string image,
        string tag
    ) => builder.AddResource(new ContainerResource(name)).WithImage(image, tag);

    public static IResourceBuilder<T> WithVolume<T>(
        this IResourceBuilder<T> builder,
        string? name,
        string target,
        bool isReadOnly = false
    )
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
        where T : ContainerResource => builder.WithVolume(name: null, target);

    public static IResourceBuilder<T> WithBindMount<T>(
        this IResourceBuilder<T> builder,
        string source,
        string target,
        bool isReadOnly = false
    )
        where T : ContainerResource =>
        builder.WithAnnotation(
            new ContainerMountAnnotation(
                Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory),
                target,
                ContainerMountType.BindMount,
                isReadOnly
            )
        );

    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        builder.Resource.GetImage().Tag = tag;
        return builder;
    }

    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        builder.Resource.GetImage().Registry = registry;
        return builder;
    }

    /// <summary>Uses another image. It may carry a registry, a tag and a digest.</summary>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        var (registry, name, ownTag, digest) = ImageName.Parse(image);
        if (ownTag is not null && tag is not null)
        {
            throw new InvalidOperationException($"'{image}' has a tag already; '{tag}' would be a second one.");
        }

        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
        {
            annotation = new ContainerImageAnnotation { Image = name };
            builder.WithAnnotation(annotation);
        }

        annotation.Registry = registry ?? annotation.Registry;
        annotation.Image = name;
        if (digest is not null)
        {
            annotation.SHA256 = digest;
        }
        else
        {
            annotation.Tag = tag ?? ownTag ?? "latest";
        }

        return builder;
    }

    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        builder.Resource.GetImage().SHA256 = sha256;
        return builder;
    }

    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(
        this IResourceBuilder<T> builder,
        params string[] args
    )
        where T : ContainerResource =>
        builder.WithContainerRuntimeArgs(context =>
        {
            foreach (var argument in args)
            {
                context.Args.Add(argument);
            }
        });

    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(
        this IResourceBuilder<T> builder,
        Action<ContainerRuntimeArgsCallbackContext> callback
    )
        where T : ContainerResource =>
        builder.WithContainerRuntimeArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });

    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(
        this IResourceBuilder<T> builder,
        Func<ContainerRuntimeArgsCallbackContext, Task> callback
    )
        where T : ContainerResource => builder.WithAnnotation(new ContainerRuntimeArgsCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource =>
        builder.WithAnnotation(
            new ContainerLifetimeAnnotation { Lifetime = lifetime },
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<T> WithImagePullPolicy<T>(
        this IResourceBuilder<T> builder,
        ImagePullPolicy pullPolicy
    )
        where T : ContainerResource =>
        builder.WithAnnotation(
            new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy },
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<T> WithDockerfile<T>(
        this IResourceBuilder<T> builder,
        string contextPath,
        string? dockerfilePath = null,
        string? stage = null
    )
        where T : ContainerResource
    {
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        var dockerfile = Path.GetFullPath(dockerfilePath ?? "Dockerfile", context);
        return builder.WithAnnotation(
            new DockerfileBuildAnnotation(context, dockerfile, stage),
            ResourceAnnotationMutationBehavior.Replace
        );
    }

    /// <summary>Builds the image from a Dockerfile that this callback makes.</summary>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(
        this IResourceBuilder<T> builder,
        string contextPath,
        Func<DockerfileFactoryContext, Task<string>> dockerfileFactory,
        string? stage = null
    )
        where T : ContainerResource
    {
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithAnnotation(
            new DockerfileBuildAnnotation(context, Path.Combine(context, "Dockerfile"), stage)
            {
                DockerfileFactory = dockerfileFactory,
            },
            ResourceAnnotationMutationBehavior.Replace
        );
    }

    public static IResourceBuilder<ContainerResource> AddDockerfile(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string contextPath,
        string? dockerfilePath = null,
        string? stage = null
    ) => builder.AddContainer(name, name).WithDockerfile(contextPath, dockerfilePath, stage);

    public static IResourceBuilder<T> WithContainerName<T>(this IResourceBuilder<T> builder, string name)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerNameAnnotation { Name = name }, ResourceAnnotationMutationBehavior.Replace);

    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource
    {
        builder.Resource.GetBuild().BuildArguments[name] = value;
        return builder;
    }

    public static IResourceBuilder<T> WithBuildArg<T>(
        this IResourceBuilder<T> builder,
        string name,
        IResourceBuilder<ParameterResource> value
    )
        where T : ContainerResource =>
        value.Resource.Secret
            ? throw new InvalidOperationException($"'{value.Resource.Name}' is a secret; use WithBuildSecret.")
            : builder.WithBuildArg(name, (object)value.Resource);

    public static IResourceBuilder<T> WithBuildSecret<T>(
        this IResourceBuilder<T> builder,
        string name,
        IResourceBuilder<ParameterResource> value
    )
        where T : ContainerResource
    {
        builder.Resource.GetBuild().BuildSecrets[name] = value.Resource;
        return builder;
    }

    public static IResourceBuilder<T> WithContainerNetworkAlias<T>(this IResourceBuilder<T> builder, string alias)
        where T : ContainerResource => builder.WithAnnotation(new ContainerNetworkAliasAnnotation(alias));

    private static ContainerImageAnnotation GetImage(this ContainerResource container) =>
        container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image
            : throw new InvalidOperationException($"The container '{container.Name}' has no image yet.");

    private static DockerfileBuildAnnotation GetBuild(this ContainerResource container) =>
        container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build)
            ? build
            : throw new InvalidOperationException($"The container '{container.Name}' is not built from a Dockerfile.");
}
