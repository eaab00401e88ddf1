using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes the resource into a manifest.</summary>
public class ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) : IResourceAnnotation
{
    public ManifestPublishingCallbackAnnotation(Action<ManifestPublishingContext>? callback)
        : this(
            callback is null
                ? null
                : context =>
                {
                    callback(context);
                    return Task.CompletedTask;
                }
        ) { }

    public Func<ManifestPublishingContext, Task>? Callback { get; } = callback;

    /// <summary>The resource is left out.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } =
        new((Func<ManifestPublishingContext, Task>?)null);
}
