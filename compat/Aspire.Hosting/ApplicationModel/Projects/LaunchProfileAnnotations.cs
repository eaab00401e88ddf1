namespace Aspire.Hosting.ApplicationModel;

/// <summary>The launch profile that was asked for.</summary>
public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    public string LaunchProfileName { get; } = launchProfileName;
}

/// <summary>The launch profile of the AppHost itself, which its projects prefer too.</summary>
public sealed class DefaultLaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    public string LaunchProfileName { get; } = launchProfileName;
}

/// <summary>No launch profile is used.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;
