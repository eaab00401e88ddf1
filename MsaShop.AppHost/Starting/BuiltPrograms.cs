using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

/// <summary>Starts each project's built program itself.</summary>
internal static class BuiltPrograms
{
    /// <summary>
    /// By itself the host has <c>dotnet run --no-build</c> start a project: a process more for each service, and the one
    /// that a command or a signal meets instead of the service. A debugger and <c>dotnet watch</c> start projects in their
    /// own ways, which this leaves alone.
    /// </summary>
    /// <remarks>
    /// <see cref="ExecutableAnnotation"/> on a project is read by the host but documented for executables alone; a test
    /// holds that the process of a service is its program.
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

    /// <summary>Whether an IDE's debugger or <c>dotnet watch</c> has started the AppHost: they say so in its environment.</summary>
    internal static bool IsToolInCharge(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"])
        || configuration["DOTNET_WATCH"]?.ToLowerInvariant() is "1" or "true";

    /// <summary>
    /// The program beside the project, in the configuration and for the framework that this one was built in; null where
    /// the build puts programs elsewhere.
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
