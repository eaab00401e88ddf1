namespace MsaShop.AppHost.Security;

/// <summary>
/// A connection string as a secret. Aspire's command line hides a variable that is a secret, but not one that merely
/// contains a secret.
/// </summary>
internal sealed class SecretConnectionString(IResourceWithConnectionString source)
    // Evaluated when its user starts, and all its parts are known.
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
    /// <summary>Gives the service the connection string as a secret.</summary>
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
