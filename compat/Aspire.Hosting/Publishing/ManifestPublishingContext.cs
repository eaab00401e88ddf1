using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources into a deployment manifest.</summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default
)
{
    /// <summary>Where ports begin that nobody has chosen.</summary>
    private const int FirstAllocatedPort = 8000;

    private readonly Dictionary<string, IResource> _dependents = [];
    private readonly Dictionary<string, ParameterResource> _uriEncoded = [];
    private readonly Dictionary<EndpointAnnotation, int> _allocatedPorts = [];

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public string ManifestPath { get; } = manifestPath;

    public Utf8JsonWriter Writer { get; } = writer;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The path as seen from the manifest's folder, with forward slashes.</summary>
    public string? GetManifestRelativePath(string? path) =>
        path is null
            ? null
            : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, path).Replace('\\', '/');

    /// <summary>Writes a container, with its image or the build of it.</summary>
    public async Task WriteContainerAsync(ContainerResource container)
    {
        var build = container.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault();
        Writer.WriteString("type", build is null ? "container.v0" : "container.v1");
        WriteConnectionString(container);
        if (build is not null)
        {
            await WriteBuildAsync(container, build).ConfigureAwait(false);
        }
        else if (container.TryGetContainerImageName(out var image))
        {
            Writer.WriteString("image", image);
        }
        else
        {
            throw new DistributedApplicationException($"The container '{container.Name}' has no image.");
        }

        if (container.Entrypoint is { } entrypoint)
        {
            Writer.WriteString("entrypoint", entrypoint);
        }

        await WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(container);
        await WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        WriteBindings(container);
    }

    public void WriteConnectionString(IResource resource)
    {
        if (
            resource is IResourceWithConnectionString { ConnectionStringExpression: { } expression }
            && expression.ValueExpression.Length > 0
        )
        {
            Writer.WriteString("connectionString", Render(expression));
        }
    }

    public void WriteBindings(IResource resource)
    {
        if (!resource.TryGetEndpoints(out var endpoints))
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);

            var targetPort = GetTargetPort(resource, endpoint);
            if (GetPort(resource, endpoint) is { } port && port != targetPort)
            {
                Writer.WriteNumber("port", port);
            }

            if (targetPort is not null)
            {
                Writer.WriteNumber("targetPort", targetPort.Value);
            }

            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithEnvironmentVariablesConfig()
            .GatherAsync(ExecutionContext, cancellationToken: CancellationToken)
            .ConfigureAwait(false);
        if (configuration.EnvironmentVariables.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, value) in configuration.EnvironmentVariables)
        {
            Writer.WriteString(name, Render(value));
        }

        Writer.WriteEndObject();
    }

    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithArgumentsConfig()
            .GatherAsync(ExecutionContext, cancellationToken: CancellationToken)
            .ConfigureAwait(false);
        if (configuration.Arguments.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var argument in configuration.Arguments)
        {
            Writer.WriteStringValue(Render(argument));
        }

        Writer.WriteEndArray();
    }

    /// <summary>Remembers resources that the value needs, for they may not be in the model.</summary>
    public void TryAddDependentResources(object? value)
    {
        if (value is IResourceBuilder<IResource> { Resource: var built })
        {
            value = built;
        }

        if (value is IResource resource && !_dependents.TryAdd(resource.Name, resource))
        {
            return;
        }

        if (value is IValueWithReferences { References: var references })
        {
            foreach (var reference in references)
            {
                TryAddDependentResources(reference);
            }
        }
    }

    /// <summary>The value as the manifest writes it, with placeholders for what is not known yet.</summary>
    internal string? Render(object? value)
    {
        TryAddDependentResources(value);
        return value switch
        {
            null => null,
            string text => text,
            ReferenceExpression expression => RenderExpression(expression),
            IManifestExpressionProvider provider => provider.ValueExpression,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    internal async Task WriteModelAsync(DistributedApplicationModel model)
    {
        Writer.WriteStartObject();
        Writer.WriteStartObject("resources");
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in model.Resources)
        {
            written.Add(resource.Name);
            await WriteResourceAsync(resource).ConfigureAwait(false);
        }

        // Writing one may bring up another.
        while (_dependents.Values.FirstOrDefault(resource => written.Add(resource.Name)) is { } dependent)
        {
            await WriteResourceAsync(dependent).ConfigureAwait(false);
        }

        foreach (var (name, parameter) in _uriEncoded)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", parameter.ValueExpression);
            Writer.WriteString("filter", ValueFormats.Uri);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        await Writer.FlushAsync(CancellationToken).ConfigureAwait(false);
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        Func<ManifestPublishingContext, Task>? write =
            resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var own)
                ? own.Callback
                : resource switch
                {
                    ContainerResource container => context => context.WriteContainerAsync(container),
                    ProjectResource project => _ => WriteProjectAsync(project),
                    ExecutableResource executable => _ => WriteExecutableAsync(executable),
                    ParameterResource parameter => _ => WriteParameterAsync(parameter),
                    IResourceWithConnectionString source => _ => WriteValueAsync(source),
                    _ => null,
                };
        if (write is null)
        {
            return;
        }

        Writer.WriteStartObject(resource.Name);
        await write(this).ConfigureAwait(false);
        Writer.WriteEndObject();
    }

    private async Task WriteProjectAsync(ProjectResource project)
    {
        Writer.WriteString("type", "project.v0");
        Writer.WriteString("path", GetManifestRelativePath(project.GetProjectMetadata().ProjectPath));
        WriteContainerFiles(project);
        await WriteCommandLineArgumentsAsync(project).ConfigureAwait(false);
        await WriteEnvironmentVariablesAsync(project).ConfigureAwait(false);
        WriteBindings(project);
    }

    private async Task WriteExecutableAsync(ExecutableResource executable)
    {
        Writer.WriteString("type", "executable.v0");
        WriteConnectionString(executable);
        Writer.WriteString("workingDirectory", GetManifestRelativePath(executable.WorkingDirectory));
        Writer.WriteString("command", executable.Command);
        await WriteCommandLineArgumentsAsync(executable).ConfigureAwait(false);
        await WriteEnvironmentVariablesAsync(executable).ConfigureAwait(false);
        WriteBindings(executable);
    }

    private Task WriteParameterAsync(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            Writer.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } parameterDefault)
        {
            Writer.WriteStartObject("default");
            parameterDefault.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task WriteValueAsync(IResourceWithConnectionString source)
    {
        Writer.WriteString("type", "value.v0");
        WriteConnectionString(source);
        return Task.CompletedTask;
    }

    private async Task WriteBuildAsync(IResource resource, DockerfileBuildAnnotation build)
    {
        var dockerfile = build.DockerfilePath;
        if (build.DockerfileFactory is { } factory)
        {
            // A generated one lies beside the manifest, for it belongs to nobody's sources.
            dockerfile = Path.Combine(
                Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!,
                $"{resource.Name}.Dockerfile"
            );
            var text = await factory(
                    new DockerfileFactoryContext
                    {
                        Services = ExecutionContext.Services,
                        Resource = resource,
                        CancellationToken = CancellationToken,
                    }
                )
                .ConfigureAwait(false);
            await File.WriteAllTextAsync(dockerfile, text, CancellationToken).ConfigureAwait(false);
        }

        Writer.WriteStartObject("build");
        Writer.WriteString("context", GetManifestRelativePath(build.ContextPath));
        Writer.WriteString("dockerfile", GetManifestRelativePath(dockerfile));
        if (build.Stage is { } stage)
        {
            Writer.WriteString("stage", stage);
        }

        if (!build.HasEntrypoint)
        {
            Writer.WriteBoolean("buildOnly", true);
        }

        if (build.BuildArguments.Count > 0)
        {
            Writer.WriteStartObject("args");
            foreach (var (name, value) in build.BuildArguments)
            {
                Writer.WriteString(name, Render(value));
            }

            Writer.WriteEndObject();
        }

        if (build.BuildSecrets.Count > 0)
        {
            Writer.WriteStartObject("secrets");
            foreach (var (name, value) in build.BuildSecrets)
            {
                Writer.WriteStartObject(name);
                var isFile = value is FileInfo;
                Writer.WriteString("type", isFile ? "file" : "env");
                Writer.WriteString(
                    isFile ? "source" : "value",
                    value is FileInfo file ? GetManifestRelativePath(file.FullName) : Render(value)
                );
                Writer.WriteEndObject();
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteContainerFiles(IResource resource)
    {
        if (!resource.TryGetAnnotationsOfType<ContainerFilesDestinationAnnotation>(out var files))
        {
            return;
        }

        Writer.WriteStartObject("containerFiles");
        foreach (var file in files)
        {
            Writer.WriteStartObject(file.Source.Name);
            Writer.WriteString("destination", file.DestinationPath);
            Writer.WriteStartArray("sources");
            foreach (var source in file.Source.Annotations.OfType<ContainerFilesSourceAnnotation>())
            {
                Writer.WriteStringValue(source.SourcePath);
            }

            Writer.WriteEndArray();
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteMounts(IResource resource)
    {
        if (!resource.TryGetContainerMounts(out var mounts))
        {
            return;
        }

        foreach (var kind in mounts.GroupBy(mount => mount.Type).OrderBy(kind => kind.Key))
        {
            var isBindMount = kind.Key == ContainerMountType.BindMount;
            Writer.WriteStartArray(isBindMount ? "bindMounts" : "volumes");
            foreach (var mount in kind)
            {
                Writer.WriteStartObject();
                if (mount.Source is { } source)
                {
                    Writer.WriteString(
                        isBindMount ? "source" : "name",
                        isBindMount ? GetManifestRelativePath(source) : source
                    );
                }

                Writer.WriteString("target", mount.Target);
                Writer.WriteBoolean("readOnly", mount.IsReadOnly);
                Writer.WriteEndObject();
            }

            Writer.WriteEndArray();
        }
    }

    private string RenderExpression(ReferenceExpression expression)
    {
        var values = new object?[expression.ValueProviders.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var provider = expression.ValueProviders[index];
            values[index] = provider switch
            {
                ParameterResource parameter when expression.StringFormats[index] == ValueFormats.Uri =>
                    $"{{{AddUriEncoded(parameter)}.value}}",

                // Nested expressions may hold such parameters too.
                ReferenceExpression nested => RenderExpression(nested),
                _ => expression.ManifestExpressions[index],
            };
        }

        return expression.Fill(values);
    }

    private string AddUriEncoded(ParameterResource parameter)
    {
        var name = $"{parameter.Name}-uri-encoded";
        _uriEncoded.TryAdd(name, parameter);
        return name;
    }

    /// <summary>
    /// A project's first http and first https endpoint have none, for whoever deploys the project decides; every other
    /// endpoint gets one.
    /// </summary>
    private int? GetTargetPort(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.TargetPort is { } targetPort)
        {
            return targetPort;
        }

        if (resource.IsContainer() && endpoint.Port is { } port)
        {
            return port;
        }

        if (
            resource is ProjectResource
            && endpoint.UriScheme is "http" or "https"
            && resource.Annotations.OfType<EndpointAnnotation>().First(e => e.UriScheme == endpoint.UriScheme)
                == endpoint
        )
        {
            return null;
        }

        if (!_allocatedPorts.TryGetValue(endpoint, out var allocated))
        {
            allocated = FirstAllocatedPort + _allocatedPorts.Count;
            _allocatedPorts.Add(endpoint, allocated);
        }

        return allocated;
    }

    /// <summary>What a launch profile says of ports holds on the developer's machine alone.</summary>
    private static int? GetPort(IResource resource, EndpointAnnotation endpoint) =>
        resource is ProjectResource && endpoint.FromLaunchProfile && !endpoint.PortIsExplicit ? null : endpoint.Port;
}
