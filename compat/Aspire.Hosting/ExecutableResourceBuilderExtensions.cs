using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Adds programs of the developer's machine.</summary>
public static class ExecutableResourceBuilderExtensions
{
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string command,
        string workingDirectory,
        params string[]? args
    ) => builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string command,
        string workingDirectory,
        params object[]? args
    ) =>
        builder
            .AddResource(
                new ExecutableResource(
                    name,
                    command,
                    Path.GetFullPath(Path.Combine(builder.AppHostDirectory, workingDirectory))
                )
            )
            .WithArgs(args ?? []);

    /// <summary>Publishes the program as a container, built from the Dockerfile in its folder.</summary>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder)
        where T : ExecutableResource => builder.PublishAsDockerFile(configure: null);

    /// <summary>Publishes the program as a container, built from the Dockerfile in its folder.</summary>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(
        this IResourceBuilder<T> builder,
        Action<IResourceBuilder<ContainerResource>>? configure
    )
        where T : ExecutableResource =>
        PublishedContainer.Publish(builder, builder.Resource.WorkingDirectory, configure);

    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        builder.Resource.Annotation.Command = command;
        return builder;
    }

    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
        where T : ExecutableResource
    {
        builder.Resource.Annotation.WorkingDirectory = Path.GetFullPath(
            Path.Combine(builder.ApplicationBuilder.AppHostDirectory, workingDirectory)
        );
        return builder;
    }
}

/// <summary>Questions about executables.</summary>
public static class ExecutableResourceExtensions
{
    public static IEnumerable<ExecutableResource> GetExecutableResources(this DistributedApplicationModel model) =>
        model.Resources.OfType<ExecutableResource>();
}
