namespace Aspire.Hosting.ApplicationModel;

internal sealed class DistributedApplicationResourceBuilder<T>(
    IDistributedApplicationBuilder applicationBuilder,
    T resource
) : IResourceBuilder<T>
    where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder => applicationBuilder;

    public T Resource => resource;

    public IResourceBuilder<T> WithAnnotation<TAnnotation>(
        TAnnotation annotation,
        ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append
    )
        where TAnnotation : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(annotation);
        if (behavior == ResourceAnnotationMutationBehavior.Replace)
        {
            foreach (var existing in resource.Annotations.Snapshot().OfType<TAnnotation>())
            {
                resource.Annotations.Remove(existing);
            }
        }

        resource.Annotations.Add(annotation);
        return this;
    }
}
