using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Properties = System.Collections.Immutable.ImmutableArray<Aspire.Hosting.ApplicationModel.ResourcePropertySnapshot>;

namespace Aspire.Hosting.Orchestration;

/// <summary>How what is known of a resource changes as it runs.</summary>
internal static class Snapshots
{
    public static CustomResourceSnapshot WithState(
        this CustomResourceSnapshot snapshot,
        string state,
        string? style = null
    ) => snapshot with { State = new ResourceStateSnapshot(state, style) };

    /// <summary>A new run begins: nothing of the last one holds any more.</summary>
    public static CustomResourceSnapshot Started(this CustomResourceSnapshot snapshot) =>
        snapshot with
        {
            State = KnownResourceStates.Starting,
            StartTimeStamp = null,
            StopTimeStamp = null,
            ExitCode = null,
            ResourceReadyEvent = null,
            HealthReports = Unknown(snapshot.HealthReports),
        };

    public static CustomResourceSnapshot Failed(this CustomResourceSnapshot snapshot) =>
        snapshot with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = DateTime.UtcNow,
        };

    /// <summary>What a process will be run with.</summary>
    public static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot,
        IResource resource,
        DcpExecutableSpec spec,
        ExecutionSettings settings
    ) =>
        snapshot.With(settings) with
        {
            ResourceType = TypeOf(resource),
            Properties = (
                resource is ProjectResource project ? snapshot.Properties.WithProject(project) : snapshot.Properties
            )
                .SetProperty(KnownProperties.Executable.Path, spec.ExecutablePath)
                .SetProperty(KnownProperties.Executable.WorkDir, spec.WorkingDirectory)
                .SetProperty(KnownProperties.Executable.Args, spec.Args)
                .WithArguments(settings.Args),
        };

    /// <summary>What a container will be run with.</summary>
    public static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot,
        DcpContainerSpec spec,
        ExecutionSettings settings
    ) =>
        snapshot.With(settings) with
        {
            ResourceType = KnownResourceTypes.Container,
            Properties = snapshot
                .Properties.SetProperty(KnownProperties.Container.Image, spec.Image)
                .SetProperty(KnownProperties.Container.Command, spec.Command)
                .SetProperty(KnownProperties.Container.Args, spec.Args)
                .SetProperty(KnownProperties.Container.Ports, spec.Ports?.Select(port => port.ContainerPort).ToArray())
                .SetProperty(
                    KnownProperties.Container.Lifetime,
                    (spec.Persistent == true ? ContainerLifetime.Persistent : ContainerLifetime.Session).ToString()
                )
                .WithArguments(settings.Args),
            Volumes =
            [
                .. (spec.VolumeMounts ?? []).Select(mount => new VolumeSnapshot(
                    mount.Source,
                    mount.Target,
                    mount.Type,
                    mount.ReadOnly
                )),
            ],
        };

    /// <summary>What DCP says of an instance.</summary>
    public static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot,
        ResourceInstance instance,
        DcpRunStatus status
    )
    {
        // Before DCP has begun, the orchestrator knows better: the resource waits or starts.
        if (string.IsNullOrEmpty(status.State))
        {
            return snapshot;
        }

        var state = DcpStates.ToResourceState(status.State);
        var running = state == KnownResourceStates.Running;
        var properties = snapshot.Properties;
        if (instance.IsContainer)
        {
            properties = properties.SetProperty(KnownProperties.Container.Id, status.ContainerId);
        }
        else if (status.Pid is { } pid)
        {
            properties = properties.SetProperty(KnownProperties.Executable.Pid, pid);
        }

        if (status.ExitCode is { } exitCode && DcpStates.IsTerminal(status.State))
        {
            properties = properties.SetProperty(KnownProperties.Resource.ExitCode, exitCode);
        }

        return snapshot with
        {
            State = new ResourceStateSnapshot(state, StyleOf(state, status.ExitCode)),
            ExitCode = DcpStates.IsTerminal(status.State) ? status.ExitCode : null,
            StartTimeStamp = status.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status.FinishTimestamp?.ToUniversalTime(),
            Properties = properties.WithEffectiveArguments(status.EffectiveArgs),
            EnvironmentVariables = Resolve(snapshot.EnvironmentVariables, status.EffectiveEnv),
            Urls = snapshot.Urls.WithActivity(running),
        };
    }

    public static ImmutableArray<UrlSnapshot> WithActivity(this ImmutableArray<UrlSnapshot> urls, bool active) =>
        [.. urls.Select(url => url with { IsInactive = !active })];

    public static string TypeOf(IResource resource) =>
        resource switch
        {
            ProjectResource => KnownResourceTypes.Project,
            ExecutableResource => KnownResourceTypes.Executable,
            ParameterResource => KnownResourceTypes.Parameter,
            _ when resource.IsContainer() => KnownResourceTypes.Container,
            ConnectionStringResource => KnownResourceTypes.ConnectionString,
            _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
        };

    private static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, ExecutionSettings settings) =>
        snapshot with
        {
            EnvironmentVariables =
            [
                .. settings.Environment.Select(variable => new EnvironmentVariableSnapshot(
                    variable.Name,
                    variable.Value,
                    IsFromSpec: true
                )),
            ],
        };

    private static Properties WithProject(this Properties properties, ProjectResource project)
    {
        properties = properties.SetProperty(KnownProperties.Project.Path, project.GetProjectMetadata().ProjectPath);
        return project.GetEffectiveLaunchProfile() is { Name: var profile }
            ? properties.SetProperty(KnownProperties.Project.LaunchProfile, profile)
            : properties;
    }

    /// <summary>DCP knows the whole environment; shown is what the model says, with the values that DCP has filled in.</summary>
    private static ImmutableArray<EnvironmentVariableSnapshot> Resolve(
        ImmutableArray<EnvironmentVariableSnapshot> variables,
        List<DcpEnvVar>? effective
    )
    {
        if (effective is null)
        {
            return variables;
        }

        var values = effective
            .GroupBy(variable => variable.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        return
        [
            .. variables.Select(variable =>
                values.TryGetValue(variable.Name, out var value) ? variable with { Value = value } : variable
            ),
        ];
    }

    /// <summary>Of the arguments that DCP has filled in, the last are those of the model.</summary>
    private static Properties WithEffectiveArguments(this Properties properties, List<string>? effective)
    {
        var known = properties.FirstOrDefault(property => property.Name == KnownProperties.Resource.AppArgs);
        return known?.Value is IReadOnlyCollection<string> args && effective?.Count >= args.Count
            ? properties.WithArguments(effective[^args.Count..])
            : properties;
    }

    private static Properties WithArguments(this Properties properties, List<string> args) =>
        properties
            .SetProperty(KnownProperties.Resource.AppArgs, args)
            .SetProperty(KnownProperties.Resource.AppArgsSensitivity, args.Select(_ => 0).ToArray());

    private static ImmutableArray<HealthReportSnapshot> Unknown(ImmutableArray<HealthReportSnapshot> reports) =>
        [.. reports.Select(report => new HealthReportSnapshot(report.Name, null, null, null))];

    private static string? StyleOf(string state, int? exitCode) =>
        state == KnownResourceStates.FailedToStart
        || (state == KnownResourceStates.Exited && exitCode is not (null or 0))
            ? KnownResourceStateStyles.Error
        : state == KnownResourceStates.RuntimeUnhealthy ? KnownResourceStateStyles.Warn
        : null;
}
