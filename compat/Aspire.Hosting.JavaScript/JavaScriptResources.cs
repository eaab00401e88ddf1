using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>An application that a package.json script runs.</summary>
public class JavaScriptAppResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory),
        IResourceWithServiceDiscovery,
        IResourceWithContainerFiles;

/// <summary>An application that Vite serves.</summary>
public class ViteAppResource(string name, string command, string workingDirectory)
    : JavaScriptAppResource(name, command, workingDirectory);

/// <summary>Installs an application's packages, and exits.</summary>
public class JavaScriptInstallerResource(string name, string workingDirectory)
    : ExecutableResource(name, "npm", workingDirectory);
