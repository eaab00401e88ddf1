using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>The script that runs the application.</summary>
public sealed class JavaScriptRunScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    public string ScriptName { get; } = scriptName;

    public string[] Args { get; } = args ?? [];
}

/// <summary>The script that builds the application.</summary>
public sealed class JavaScriptBuildScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    public string ScriptName { get; } = scriptName;

    public string[] Args { get; } = args ?? [];
}

/// <summary>How the packages are installed.</summary>
public sealed class JavaScriptInstallCommandAnnotation(string[] args) : IResourceAnnotation
{
    public string[] Args { get; } = args;

    public string? ProductionInstallArgs { get; init; }
}

/// <summary>The resource that installs the packages.</summary>
public sealed class JavaScriptPackageInstallerAnnotation(ExecutableResource installerResource) : IResourceAnnotation
{
    public ExecutableResource Resource { get; } = installerResource;
}

/// <summary>The program that installs packages and runs scripts.</summary>
public sealed class JavaScriptPackageManagerAnnotation(
    string executableName,
    string? runScriptCommand,
    string? cacheMount = null
) : IResourceAnnotation
{
    public string ExecutableName { get; } = executableName;

    public string? ScriptCommand { get; } = runScriptCommand;

    /// <summary>Separates the package manager's arguments from the script's.</summary>
    public string? CommandSeparator { get; init; } = "--";

    public string? CacheMount { get; } = cacheMount;
}
