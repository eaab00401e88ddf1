using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says where a .NET project is. The build makes one for each project that the AppHost refers to.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    bool SuppressBuild => false;

    bool IsFileBasedApp => false;
}

/// <summary>
/// Says where a project's program is, once it is built, so that it can be started without <c>dotnet run</c>.
/// The official packages have no such thing; the classes that compat/Aspire.AppHost.Sdk makes implement it.
/// </summary>
public interface ITargetPathMetadata
{
    /// <summary>The full path of the built assembly.</summary>
    string TargetPath { get; }
}

internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
{
    public string ProjectPath { get; } = projectPath;
}
