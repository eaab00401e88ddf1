namespace Aspire.Hosting.ApplicationModel;

/// <summary>A node of the application's resource graph.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact attached to a resource, which others look up by its type.</summary>
public interface IResourceAnnotation;

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens on endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that starts only when others have reached a state.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that is never started or stopped.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that may be probed.</summary>
public interface IResourceWithProbes : IResource;

/// <summary>A resource that runs somewhere.</summary>
public interface IComputeResource : IResource;

/// <summary>A place that compute resources are deployed to.</summary>
public interface IComputeEnvironmentResource : IResource;

/// <summary>A resource whose image can take files from another resource.</summary>
public interface IContainerFilesDestinationResource : IResource;

/// <summary>A resource that belongs to another.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <summary>A resource that belongs to another, of a known type.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
