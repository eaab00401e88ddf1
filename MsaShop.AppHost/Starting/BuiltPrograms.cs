using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

/// <summary>Starts each project's built program directly.</summary>
internal static class BuiltPrograms
{
    /// <summary>
    /// By default the host starts a project with <c>dotnet run --no-build</c>: one more process per service, which receives
    /// commands and signals in its place. Debuggers and <c>dotnet watch</c> start projects in their own ways, which stay as
    /// they are.
    /// </summary>
    /// <remarks> <see cref="ExecutableAnnotation"/> on a project is read by the host, but documented for executables alone;
    /// a test checks that a service's process is its program. </remarks>
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

    /// <summary>
    /// Whether an IDE's debugger or <c>dotnet watch</c> has started the AppHost, by their environment variables.
    /// </summary>
    internal static bool IsToolInCharge(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"])
        || configuration["DOTNET_WATCH"]?.ToLowerInvariant() is "1" or "true";

    /// <summary>
    /// The project's program in this program's configuration and framework; null if the build puts programs elsewhere.
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
