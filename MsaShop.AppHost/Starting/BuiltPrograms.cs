using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

internal static class BuiltPrograms
{
    /// <summary>
    /// Starts each project's built program instead of <c>dotnet run --no-build</c>, which is one more process per
    /// service and would receive commands and signals in the service's place. A debugger and <c>dotnet watch</c> start
    /// projects in their own ways, which this leaves alone.
    /// </summary>
    /// <remarks>
    /// The host reads <see cref="ExecutableAnnotation"/> on a project, although it is documented for executables only.
    /// A test checks that a service's process is its program.
    /// </remarks>
    public static void StartBuiltPrograms(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode || IsToolInCharge(builder.Configuration))
        {
            return;
        }

        builder.OnBeforeStart(
            (starting, _) =>
            {
                foreach (var project in starting.Model.GetProjectResources())
                {
                    var projectFile = project.GetProjectMetadata().ProjectPath;
                    if (ProgramOf(projectFile) is { } program)
                    {
                        project.Annotations.Add(
                            new ExecutableAnnotation
                            {
                                Command = program,
                                WorkingDirectory = Path.GetDirectoryName(projectFile)!,
                            }
                        );
                    }
                }

                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Whether a debugger or <c>dotnet watch</c> started the AppHost; both set variables.</summary>
    internal static bool IsToolInCharge(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"])
        || configuration["DOTNET_WATCH"]?.ToLowerInvariant() is "1" or "true";

    /// <summary>
    /// The project's program, for the configuration and framework that the AppHost was built with; null where the build
    /// puts programs elsewhere.
    /// </summary>
    private static string? ProgramOf(string projectFile)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(
            Path.GetDirectoryName(projectFile)!,
            "bin",
            own.Parent?.Name ?? "",
            own.Name,
            Path.GetFileNameWithoutExtension(projectFile) + (OperatingSystem.IsWindows() ? ".exe" : "")
        );
        return File.Exists(program) ? program : null;
    }
}
