using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript applications.</summary>
public static class JavaScriptHostingExtensions
{
    private const string Npm = "npm";
    private const string LockFile = "package-lock.json";

    /// <summary>Adds an application that a package.json script runs. It gets its port as <c>PORT</c>.</summary>
    public static IResourceBuilder<JavaScriptAppResource> AddJavaScriptApp(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string appDirectory,
        string runScriptName = "dev"
    ) =>
        builder.Add(
            new JavaScriptAppResource(name, Npm, Path.GetFullPath(appDirectory, builder.AppHostDirectory)),
            runScriptName
        );

    /// <summary>Adds an application that Vite serves, with an endpoint <c>http</c> whose port Vite is given.</summary>
    public static IResourceBuilder<ViteAppResource> AddViteApp(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string appDirectory,
        string runScriptName = "dev"
    )
    {
        var resource = new ViteAppResource(name, Npm, Path.GetFullPath(appDirectory, builder.AppHostDirectory));
        return builder
            .Add(resource, runScriptName)
            .WithHttpEndpoint(env: "PORT")
            .WithContainerFilesSource("/app/dist")
            .WithArgs(context =>
            {
                if (context.ExecutionContext.IsPublishMode)
                {
                    return;
                }

                if (
                    resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager)
                    && manager.CommandSeparator is { } separator
                    && !context.Args.Contains(separator)
                )
                {
                    context.Args.Add(separator);
                }

                context.Args.Add("--port");
                context.Args.Add(resource.GetEndpoint("http").Property(EndpointProperty.TargetPort));
                if (resource.Annotations.OfType<ViteConfigAnnotation>().LastOrDefault() is { } config)
                {
                    context.Args.Add("--config");
                    context.Args.Add(config.Path);
                }
            });
    }

    public static IResourceBuilder<ViteAppResource> WithViteConfig(
        this IResourceBuilder<ViteAppResource> builder,
        string configPath
    ) => builder.WithAnnotation(new ViteConfigAnnotation(configPath), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Uses npm, which first installs the packages unless they are up to date.</summary>
    public static IResourceBuilder<TResource> WithNpm<TResource>(
        this IResourceBuilder<TResource> resource,
        bool install = true,
        string? installCommand = null,
        string[]? installArgs = null
    )
        where TResource : JavaScriptAppResource
    {
        var directory = resource.Resource.WorkingDirectory;
        var command =
            installCommand
            ?? (
                resource.ApplicationBuilder.ExecutionContext.IsPublishMode
                && File.Exists(Path.Combine(directory, LockFile))
                    ? "ci"
                    : "install"
            );
        resource
            .WithAnnotation(
                new JavaScriptPackageManagerAnnotation(Npm, "run"),
                ResourceAnnotationMutationBehavior.Replace
            )
            .WithAnnotation(
                new JavaScriptInstallCommandAnnotation([command, .. installArgs ?? []]),
                ResourceAnnotationMutationBehavior.Replace
            );
        resource.WithCommand(Npm);
        if (install)
        {
            resource.WithInstaller();
        }

        return resource;
    }

    public static IResourceBuilder<TResource> WithBuildScript<TResource>(
        this IResourceBuilder<TResource> resource,
        string scriptName,
        string[]? args = null
    )
        where TResource : JavaScriptAppResource =>
        resource.WithAnnotation(
            new JavaScriptBuildScriptAnnotation(scriptName, args),
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<TResource> WithRunScript<TResource>(
        this IResourceBuilder<TResource> resource,
        string scriptName,
        string[]? args = null
    )
        where TResource : JavaScriptAppResource =>
        resource.WithAnnotation(
            new JavaScriptRunScriptAnnotation(scriptName, args),
            ResourceAnnotationMutationBehavior.Replace
        );

    private static IResourceBuilder<T> Add<T>(
        this IDistributedApplicationBuilder builder,
        T resource,
        string runScriptName
    )
        where T : JavaScriptAppResource
    {
        var added = builder
            .AddResource(resource)
            .WithIconName("CodeJsRectangle")
            .WithOtlpExporter()
            .WithEnvironment(
                "NODE_ENV",
                builder.ExecutionContext.IsRunMode && builder.Environment.IsDevelopment() ? "development" : "production"
            )
            .WithRunScript(runScriptName)
            .WithBuildScript("build")
            .WithArgs(context => AddRunArguments(context, resource));
        if (File.Exists(Path.Combine(resource.WorkingDirectory, "package.json")))
        {
            added.WithNpm();
        }

        return added.PublishAsDockerFile(container =>
        {
            if (!File.Exists(Path.Combine(resource.WorkingDirectory, "Dockerfile")))
            {
                container.WithGeneratedDockerfile(resource);
            }
        });
    }

    private static void AddRunArguments(CommandLineArgsCallbackContext context, JavaScriptAppResource resource)
    {
        // In an image, the Dockerfile defines what runs.
        if (
            context.ExecutionContext.IsPublishMode
            || !resource.TryGetLastAnnotation<JavaScriptRunScriptAnnotation>(out var script)
        )
        {
            return;
        }

        resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager);
        context.Args.Add(manager?.ScriptCommand ?? "run");
        context.Args.Add(script.ScriptName);
        if (script.Args.Length > 0)
        {
            context.Args.Add(manager?.CommandSeparator ?? "--");
            foreach (var argument in script.Args)
            {
                context.Args.Add(argument);
            }
        }
    }

    private static void WithInstaller<T>(this IResourceBuilder<T> app)
        where T : JavaScriptAppResource
    {
        var builder = app.ApplicationBuilder;
        if (
            builder.ExecutionContext.IsPublishMode
            || app.Resource.HasAnnotationOfType<JavaScriptPackageInstallerAnnotation>()
            || InstalledPackages.AreUpToDate(app.Resource.WorkingDirectory)
        )
        {
            return;
        }

        var installer = builder
            .AddResource(
                new JavaScriptInstallerResource($"{app.Resource.Name}-installer", app.Resource.WorkingDirectory)
            )
            .WithArgs(context =>
            {
                if (app.Resource.TryGetLastAnnotation<JavaScriptInstallCommandAnnotation>(out var install))
                {
                    foreach (var argument in install.Args)
                    {
                        context.Args.Add(argument);
                    }
                }
            })
            .WithParentRelationship(app.Resource)
            .ExcludeFromManifest();
        app.WaitForCompletion(installer);
        app.WithAnnotation(new JavaScriptPackageInstallerAnnotation(installer.Resource));
    }

    /// <summary>An image with the built application that runs nothing; another copies the files from it.</summary>
    private static void WithGeneratedDockerfile(
        this IResourceBuilder<ContainerResource> container,
        JavaScriptAppResource app
    )
    {
        container.WithDockerfileFactory(app.WorkingDirectory, _ => Task.FromResult(WriteDockerfile(app)));
        if (container.Resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
        {
            build.HasEntrypoint = false;
        }
    }

    private static string WriteDockerfile(JavaScriptAppResource app)
    {
        var install = app.TryGetLastAnnotation<JavaScriptInstallCommandAnnotation>(out var command)
            ? string.Join(' ', command.Args)
            : "install";
        var build = app.TryGetLastAnnotation<JavaScriptBuildScriptAnnotation>(out var script)
            ? string.Join(' ', [script.ScriptName, .. script.Args.Length > 0 ? ["--", .. script.Args] : (string[])[]])
            : "build";
        return $"""
            FROM node:22-slim
            WORKDIR /app
            COPY package*.json ./
            RUN npm {install}
            COPY . .
            RUN npm run {build}

            """;
    }

    private sealed class ViteConfigAnnotation(string path) : IResourceAnnotation
    {
        public string Path { get; } = path;
    }
}
