using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds and configures .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name
    )
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath
    ) => builder.AddProject(name, projectPath, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? launchProfileName
    )
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options => UseProfile(options, launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath,
        string? launchProfileName
    ) => builder.AddProject(name, projectPath, options => UseProfile(options, launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Action<ProjectResourceOptions> configure
    )
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), configure);

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath,
        Action<ProjectResourceOptions> configure
    ) => builder.Add(name, new ProjectMetadata(Path.GetFullPath(projectPath, builder.AppHostDirectory)), configure);

    public static IResourceBuilder<ProjectResource> WithReplicas(
        this IResourceBuilder<ProjectResource> builder,
        int replicas
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(
        this IResourceBuilder<ProjectResource> builder
    ) => builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Tells the project to listen only on those endpoints that the filter lets through.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        Func<EndpointAnnotation, bool> filter
    ) => builder.WithAnnotation(new EndpointEnvironmentInjectionFilterAnnotation(filter));

    /// <summary>Publishes the project as a container, built from the Dockerfile in its folder.</summary>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(
        this IResourceBuilder<T> builder,
        Action<IResourceBuilder<ContainerResource>>? configure = null
    )
        where T : ProjectResource =>
        PublishedContainer.Publish(
            builder,
            Path.GetDirectoryName(builder.Resource.GetProjectMetadata().ProjectPath)!,
            configure
        );

    private static void UseProfile(ProjectResourceOptions options, string? launchProfileName)
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    }

    private static IResourceBuilder<ProjectResource> Add(
        this IDistributedApplicationBuilder builder,
        string name,
        IProjectMetadata metadata,
        Action<ProjectResourceOptions> configure
    )
    {
        var options = new ProjectResourceOptions();
        configure(options);

        var project = builder
            .AddResource(new ProjectResource(name))
            .WithAnnotation(metadata)
            .WithInitialState(
                new CustomResourceSnapshot
                {
                    ResourceType = KnownResourceTypes.Project,
                    Properties = [new ResourcePropertySnapshot(KnownProperties.Project.Path, metadata.ProjectPath)],
                }
            );
        if (options.ExcludeLaunchProfile)
        {
            project.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (options.LaunchProfileName is { } asked)
        {
            project.WithAnnotation(new LaunchProfileAnnotation(asked));
        }
        else if (
            (
                builder.Configuration["AppHost:DefaultLaunchProfileName"]
                ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"]
            ) is
            { Length: > 0 } appHosts
        )
        {
            project.WithAnnotation(new DefaultLaunchProfileAnnotation(appHosts));
        }

        return project.WithProjectDefaults();
    }

    private static IResourceBuilder<ProjectResource> WithProjectDefaults(this IResourceBuilder<ProjectResource> project)
    {
        var application = project.ApplicationBuilder;
        var profile = project.Resource.GetEffectiveLaunchProfile();

        // In this order, so that what the project's author said wins over defaults and loses against the AppHost.
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        project.WithOtlpExporter();
        if (application.ExecutionContext.IsRunMode)
        {
            project.WithDevelopmentDefaults();
        }

        project.WithLaunchProfileEndpoints(profile?.Profile);
        if (application.ExecutionContext.IsPublishMode)
        {
            project.WithPublishedDefaults();
            return project;
        }

        if (profile is { } used)
        {
            project.WithEnvironment("DOTNET_LAUNCH_PROFILE", used.Name);
            project.WithEnvironment(context =>
            {
                foreach (var (variable, value) in used.Profile.EnvironmentVariables)
                {
                    context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
                }
            });
            if (used.Profile.CommandLineArgs is { Length: > 0 } commandLine)
            {
                project.WithArgs(CommandLine.Split(commandLine));
            }
        }

        return project.WithEnvironment(SetListeningAddresses);
    }

    private static void WithDevelopmentDefaults(this IResourceBuilder<ProjectResource> project)
    {
        if (project.ApplicationBuilder.Environment.IsDevelopment())
        {
            project
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        project
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffffff ")
            .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
    }

    private static void WithPublishedDefaults(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment(context =>
        {
            var resource = project.Resource;
            if (!resource.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }

            SetPorts("HTTP_PORTS", "http");

            // The https endpoint that a launch profile brings is the business of whoever deploys.
            SetPorts("HTTPS_PORTS", "https");

            void SetPorts(string variable, string scheme)
            {
                var ports = new ReferenceExpressionBuilder();
                foreach (
                    var endpoint in resource
                        .GetEndpoints()
                        .Where(e => e.Scheme == scheme && e.EndpointAnnotation != resource.DefaultHttpsEndpoint)
                        .Where(resource.ShouldInjectEndpointEnvironment)
                )
                {
                    if (!ports.IsEmpty)
                    {
                        ports.AppendLiteral(";");
                    }

                    ports.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
                }

                if (!ports.IsEmpty)
                {
                    context.EnvironmentVariables[variable] = ports.Build();
                }
            }
        });

    /// <summary>One endpoint for each URL of the profile: http, https, then http2 and so on.</summary>
    private static void WithLaunchProfileEndpoints(
        this IResourceBuilder<ProjectResource> project,
        LaunchProfile? profile
    )
    {
        var resource = project.Resource;
        var urls = (profile?.ApplicationUrl ?? "").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        foreach (
            var (scheme, group) in urls.Select(ParseUrl).GroupBy(url => url.Scheme).Select(g => (g.Key, g.ToArray()))
        )
        {
            for (var index = 0; index < group.Length; index++)
            {
                var endpoint = new EndpointAnnotation(
                    ProtocolType.Tcp,
                    uriScheme: scheme,
                    name: index == 0 ? scheme : string.Create(CultureInfo.InvariantCulture, $"{scheme}{index + 1}"),
                    port: project.ApplicationBuilder.ExecutionContext.IsRunMode ? group[index].Port : null
                )
                {
                    FromLaunchProfile = true,
                };
                resource.DefaultHttpsEndpoint ??= scheme == "https" ? endpoint : null;
                project.WithAnnotation(endpoint);
            }
        }

        static (string Scheme, int Port) ParseUrl(string url)
        {
            // An address like http://+:80 is no URI.
            var address = Microsoft.AspNetCore.Http.BindingAddress.Parse(url);
            return (address.Scheme, address.Port);
        }
    }

    private static void SetListeningAddresses(EnvironmentCallbackContext context)
    {
        var resource = (ProjectResource)context.Resource;
        var addresses = new ReferenceExpressionBuilder();
        foreach (
            var endpoint in resource
                .GetEndpoints()
                .Where(endpoint => endpoint.IsHttp || endpoint.IsHttps)
                .Where(resource.ShouldInjectEndpointEnvironment)
        )
        {
            if (!addresses.IsEmpty)
            {
                addresses.AppendLiteral(";");
            }

            addresses.AppendLiteral($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:");
            addresses.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
            if (endpoint.IsHttps)
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }
        }

        if (!addresses.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = addresses.Build();
        }
    }
}
