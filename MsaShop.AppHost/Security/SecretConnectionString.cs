namespace MsaShop.AppHost.Security;

/// <summary>
/// A connection string as a secret of its own. Aspire's command line hides the value of a variable that is a secret, but
/// not one that has a secret within.
/// </summary>
internal sealed class SecretConnectionString(IResourceWithConnectionString source)
    // It is read where its user starts, when everything that it is made of is there.
    : ParameterResource(
        $"{source.Name}-connection-string",
        _ => source.GetConnectionStringAsync().AsTask().GetAwaiter().GetResult()!,
        secret: true
    )
{
    /// <summary>What it is made of.</summary>
    public ReferenceExpression Expression { get; } = source.ConnectionStringExpression;
}

/// <summary>References to what is reached with a password.</summary>
internal static class SecretReferences
{
    /// <summary>Gives the service the connection string, and shows it to nobody else.</summary>
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
