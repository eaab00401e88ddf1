using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Runtime.Tests;

/// <summary>Resources for the tests, made of the shell and of the test program.</summary>
internal static class Shell
{
    /// <summary>A resource that runs one line of shell.</summary>
    public static ExecutableResource Command(string name, string line, params IResourceAnnotation[] annotations) =>
        Executable(name, "sh", ["-c", line], annotations);

    /// <summary>A resource that runs the test program's server.</summary>
    public static ExecutableResource Server(string name, EndpointAnnotation endpoint)
    {
        var server = Executable(name, "dotnet", ["exec", typeof(Shell).Assembly.Location, Program.Serve], [endpoint]);
        server.Annotations.Add(
            new CommandLineArgsCallbackAnnotation(args =>
                args.Add(server.GetEndpoint(endpoint.Name).Property(EndpointProperty.TargetPort))
            )
        );
        return server;
    }

    private static ExecutableResource Executable(
        string name,
        string command,
        string[] arguments,
        IResourceAnnotation[] annotations
    )
    {
        var resource = new ExecutableResource(name, command, AppContext.BaseDirectory);
        resource.Annotations.Add(
            new CommandLineArgsCallbackAnnotation(args =>
            {
                foreach (var argument in arguments)
                {
                    args.Add(argument);
                }
            })
        );
        foreach (var annotation in annotations)
        {
            resource.Annotations.Add(annotation);
        }

        return resource;
    }
}
