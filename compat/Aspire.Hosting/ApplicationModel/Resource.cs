using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The base of all resources.</summary>
[DebuggerDisplay("{Name}")]
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
