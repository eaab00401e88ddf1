using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithRelationship<T>(
        this IResourceBuilder<T> builder,
        IResource resource,
        string type
    )
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    public static IResourceBuilder<T> WithRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> resourceBuilder,
        string type
    )
        where T : IResource => builder.WithRelationship(resourceBuilder.Resource, type);

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Relates the resource to all those whose values the expression needs.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(
        this IResourceBuilder<T> builder,
        ReferenceExpression expression
    )
        where T : IResource
    {
        Relate(expression);
        return builder;

        void Relate(IValueWithReferences value)
        {
            foreach (var reference in value.References)
            {
                if (reference is IResource resource)
                {
                    if (resource != builder.Resource as IResource)
                    {
                        builder.WithReferenceRelationship(resource);
                    }
                }
                else if (reference is IValueWithReferences nested)
                {
                    Relate(nested);
                }
            }
        }
    }

    public static IResourceBuilder<T> WithReferenceRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> resourceBuilder
    )
        where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

    /// <summary>Shows the resource under another.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> parent
    )
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Shows another resource under this one.</summary>
    public static IResourceBuilder<T> WithChildRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> child
    )
        where T : IResource => builder.WithChildRelationship(child.Resource);

    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
        where T : IResource
    {
        child.Annotations.Add(new ResourceRelationshipAnnotation(builder.Resource, KnownRelationshipTypes.Parent));
        return builder;
    }

    public static IResourceBuilder<T> WithIconName<T>(
        this IResourceBuilder<T> builder,
        string iconName,
        IconVariant iconVariant = IconVariant.Filled
    )
        where T : IResource =>
        builder.WithAnnotation(
            new ResourceIconAnnotation(iconName, iconVariant),
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<T> WithHidden<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.Hide(new HiddenAnnotation(HiddenBehavior.Always));

    public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, int exitCode)
        where T : IResource => builder.WithHiddenOnCompletion([exitCode]);

    public static IResourceBuilder<T> WithHiddenOnCompletion<T>(
        this IResourceBuilder<T> builder,
        params int[] exitCodes
    )
        where T : IResource =>
        builder.Hide(
            new HiddenAnnotation(HiddenBehavior.OnCompletion)
            {
                SuccessfulExitCodes = exitCodes.Length > 0 ? exitCodes : [0],
            }
        );

    private static IResourceBuilder<T> Hide<T>(this IResourceBuilder<T> builder, HiddenAnnotation annotation)
        where T : IResource => builder.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);
}
