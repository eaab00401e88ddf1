namespace MsaShop.AppHost.Security;

/// <summary>
/// A connection string as a secret parameter. Aspire's command line hides variables that are secrets, but not variables
/// that contain one.
/// </summary>
internal sealed class SecretConnectionString(IResourceWithConnectionString source)
    // Evaluated when a dependent starts, by which time all its parts are known.
    : ParameterResource(
        $"{source.Name}-connection-string",
        _ => source.GetConnectionStringAsync().AsTask().GetAwaiter().GetResult()!,
        secret: true
    )
{
    public ReferenceExpression Expression { get; } = source.ConnectionStringExpression;
}

internal static class SecretReferences
{
    /// <summary>Gives the service the connection string without showing it anywhere else.</summary>
    public static IResourceBuilder<ProjectResource> WithSecretReference(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> source
    )
    {
        service.WithReference(source);
        return service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service
            : service.WithEnvironment(context =>
                context.EnvironmentVariables[$"ConnectionStrings__{source.Resource.Name}"] = new SecretConnectionString(
                    source.Resource
                )
            );
    }
}
