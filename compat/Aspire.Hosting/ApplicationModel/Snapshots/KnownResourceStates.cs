namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that a resource may be in.</summary>
public static class KnownResourceStates
{
    public static readonly string Hidden = nameof(Hidden);
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string FailedToStart = nameof(FailedToStart);
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);
    public static readonly string Stopping = nameof(Stopping);
    public static readonly string Exited = nameof(Exited);
    public static readonly string Finished = nameof(Finished);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string NotStarted = nameof(NotStarted);
    public static readonly string Building = nameof(Building);
    public static readonly string ValueMissing = "Value missing";
    public static readonly string Active = nameof(Active);

    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>How a state is shown.</summary>
public static class KnownResourceStateStyles
{
    public static readonly string Success = "success";
    public static readonly string Error = "error";
    public static readonly string Info = "info";
    public static readonly string Warn = "warning";
}

/// <summary>The names of the commands that every running resource has.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

/// <summary>The names of properties that the dashboard treats in its own way.</summary>
public static class CustomResourceKnownProperties
{
    public static string Source { get; } = "resource.source";

    public static string ConnectionString { get; } = "resource.connectionString";
}

/// <summary>The names of the other properties that the dashboard knows.</summary>
internal static class KnownProperties
{
    public static class Resource
    {
        public const string WaitingFor = "resource.waitingFor";
        public const string ParentName = "resource.parentName";
        public const string ExitCode = "resource.exitCode";
        public const string HealthState = "resource.healthState";
        public const string AppArgs = "resource.appArgs";
        public const string AppArgsSensitivity = "resource.appArgsSensitivity";
    }

    public static class Container
    {
        public const string Id = "container.id";
        public const string Image = "container.image";
        public const string Ports = "container.ports";
        public const string Command = "container.command";
        public const string Args = "container.args";
        public const string Lifetime = "container.lifetime";
    }

    public static class Executable
    {
        public const string Path = "executable.path";
        public const string WorkDir = "executable.workDir";
        public const string Args = "executable.args";
        public const string Pid = "executable.pid";
    }

    public static class Project
    {
        public const string Path = "project.path";
        public const string LaunchProfile = "project.launchProfile";
    }

    public static class Parameter
    {
        public const string Value = "Value";
    }
}

/// <summary>The kinds of resource that the dashboard knows.</summary>
internal static class KnownResourceTypes
{
    public const string Executable = "Executable";
    public const string Project = "Project";
    public const string Container = "Container";
    public const string Parameter = "Parameter";
    public const string ConnectionString = "ConnectionString";
    public const string ExternalService = "ExternalService";
}
