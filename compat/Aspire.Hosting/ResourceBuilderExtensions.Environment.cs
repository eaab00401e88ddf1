using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures resources of any kind.</summary>
public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.SetVariable(name, value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        in ReferenceExpression.ExpressionInterpolatedStringHandler value
    )
        where T : IResourceWithEnvironment => builder.WithEnvironment(name, value.GetExpression());

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        ReferenceExpression value
    )
        where T : IResourceWithEnvironment => builder.SetVariable(name, value).WithReferenceRelationship(value);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        Func<string> callback
    )
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(name, callback));

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        Action<EnvironmentCallbackContext> callback
    )
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        Func<EnvironmentCallbackContext, Task> callback
    )
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        EndpointReference endpointReference
    )
        where T : IResourceWithEnvironment =>
        builder.SetVariable(name, endpointReference).WithReferenceRelationship(endpointReference.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        IResourceBuilder<ExternalServiceResource> externalService
    )
        where T : IResourceWithEnvironment =>
        builder
            .SetVariable(name, externalService.Resource.UrlValue)
            .WithReferenceRelationship(externalService.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        IResourceBuilder<ParameterResource> parameter
    )
        where T : IResourceWithEnvironment =>
        builder.SetVariable(name, parameter.Resource).WithReferenceRelationship(parameter.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string envVarName,
        IResourceBuilder<IResourceWithConnectionString> resource
    )
        where T : IResourceWithEnvironment =>
        builder
            .SetVariable(envVarName, new ConnectionStringReference(resource.Resource, optional: false))
            .WithReferenceRelationship(resource.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        IExpressionValue value
    )
        where T : IResourceWithEnvironment => builder.SetVariable(name, value);

    public static IResourceBuilder<T> WithEnvironment<T, TValue>(
        this IResourceBuilder<T> builder,
        string name,
        TValue value
    )
        where T : IResourceWithEnvironment
        where TValue : IValueProvider, IManifestExpressionProvider => builder.SetVariable(name, value);

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.WithArgs((object[])args);

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs =>
        builder.WithArgs(context =>
        {
            foreach (var argument in args)
            {
                context.Args.Add(
                    argument is IResourceBuilder<IResource> { Resource: var resource } ? resource : argument
                );
            }
        });

    public static IResourceBuilder<T> WithArgs<T>(
        this IResourceBuilder<T> builder,
        Action<CommandLineArgsCallbackContext> callback
    )
        where T : IResourceWithArgs =>
        builder.WithArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });

    public static IResourceBuilder<T> WithArgs<T>(
        this IResourceBuilder<T> builder,
        Func<CommandLineArgsCallbackContext, Task> callback
    )
        where T : IResourceWithArgs => builder.WithAnnotation(new CommandLineArgsCallbackAnnotation(callback));

    private static IResourceBuilder<T> SetVariable<T>(this IResourceBuilder<T> builder, string name, object value)
        where T : IResourceWithEnvironment
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithEnvironment(context => context.EnvironmentVariables[name] = value);
    }
}
