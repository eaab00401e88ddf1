using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads launch settings and picks the profile that a project runs with.</summary>
internal static class LaunchProfiles
{
    private const string ProjectCommand = "Project";

    private static readonly JsonSerializerOptions s_options = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static LaunchSettings? GetLaunchSettings(this IProjectMetadata metadata)
    {
        if (metadata.LaunchSettings is { } given)
        {
            return given;
        }

        var folder = Path.GetDirectoryName(metadata.ProjectPath);
        var file = folder is null ? null : Path.Combine(folder, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<LaunchSettings>(stream, s_options);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"'{file}' is not a valid launchSettings.json.", exception);
        }
    }

    /// <summary>The profile to use: the one asked for, the one the AppHost runs with, or the first of a project.</summary>
    public static (string Name, LaunchProfile Profile)? GetEffectiveLaunchProfile(this ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>())
        {
            return null;
        }

        var settings = project.GetProjectMetadata().GetLaunchSettings();
        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var asked))
        {
            return settings?.Profiles.TryGetValue(asked.LaunchProfileName, out var profile) == true
                ? (asked.LaunchProfileName, profile)
                : throw new DistributedApplicationException(
                    $"The project '{project.Name}' has no launch profile '{asked.LaunchProfileName}'."
                );
        }

        if (settings is null)
        {
            return null;
        }

        if (
            project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var appHosts)
            && settings.Profiles.TryGetValue(appHosts.LaunchProfileName, out var same)
            && same.CommandName == ProjectCommand
        )
        {
            return (appHosts.LaunchProfileName, same);
        }

        return settings
            .Profiles.Where(profile => profile.Value.CommandName == ProjectCommand)
            .Select(profile => ((string, LaunchProfile)?)(profile.Key, profile.Value))
            .FirstOrDefault();
    }
}
