using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.UserSecrets;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values that are given from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value the configuration has, as <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        bool secret = false
    ) => builder.Add(CreateParameter(builder, name, secret));

    /// <summary>Adds a parameter of this value, unless the configuration has another.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false
    ) => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value this callback gives, unless the configuration has another.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false
    )
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A secret must not be published.", nameof(secret));
        }

        var parameter = new ParameterResource(
            name,
            _ => Find(builder.Configuration, $"Parameters:{name}") ?? valueGetter(),
            secret
        );
        parameter.Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null;
        return builder.Add(parameter);
    }

    /// <summary>Adds a parameter whose value the configuration has under this key.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string configurationKey,
        bool secret = false
    ) =>
        builder.Add(new ParameterResource(name, _ => Get(builder.Configuration, configurationKey, name, null), secret));

    /// <summary>Adds a parameter with a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether nobody should see the value.</param>
    /// <param name="persist">Whether the default, once made, is kept in the AppHost's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false
    )
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = persist ? Persist(builder, name, value) : value;
        return builder.Add(parameter);
    }

    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder,
        string description,
        bool enableMarkdown = false
    )
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Adds a connection string that the configuration has, as <c>ConnectionStrings:{name}</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? environmentVariableName = null
    )
    {
        var resource = new ConnectionStringParameterResource(
            name,
            _ => Get(builder.Configuration, $"ConnectionStrings:{name}", name, null),
            environmentVariableName
        );
        builder.Add(resource);
        return builder.CreateResourceBuilder<IResourceWithConnectionString>(resource);
    }

    /// <summary>Makes a parameter with a generated password. It is kept in user secrets, and is not in the model.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0
    ) =>
        CreateGeneratedParameter(
            builder,
            name,
            secret: true,
            new GenerateParameterDefault
            {
                // 128 bits of 23 + 23 + 10 characters.
                MinLength = 22,
                Lower = lower,
                Upper = upper,
                Numeric = numeric,
                Special = special,
                MinLower = minLower,
                MinUpper = minUpper,
                MinNumeric = minNumeric,
                MinSpecial = minSpecial,
            }
        );

    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool secret,
        GenerateParameterDefault parameterDefault
    )
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = Persist(builder, name, parameterDefault);
        return parameter;
    }

    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        new(name, value => Get(builder.Configuration, $"Parameters:{name}", name, value), secret);

    private static ParameterDefault Persist(
        IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value
    ) =>
        builder.ExecutionContext.IsRunMode
            ? new UserSecretsParameterDefault(
                UserSecretsStore.For(builder.AppHostAssembly),
                $"Parameters:{name}",
                value
            )
            : value;

    private static string Get(IConfiguration configuration, string key, string name, ParameterDefault? value) =>
        Find(configuration, key)
        ?? value?.GetDefaultValue()
        ?? throw new MissingParameterValueException(
            $"The parameter '{name}' has no value: set '{key}' in the configuration, or '{key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_')}' in the environment."
        );

    /// <summary>A shell's variables cannot hold a hyphen, so an underscore will do.</summary>
    private static string? Find(IConfiguration configuration, string key) =>
        configuration[key] ?? configuration[key.Replace('-', '_')];

    private static IResourceBuilder<ParameterResource> Add(
        this IDistributedApplicationBuilder builder,
        ParameterResource parameter
    ) =>
        builder
            .AddResource(parameter)
            .WithInitialState(
                new CustomResourceSnapshot
                {
                    ResourceType = KnownResourceTypes.Parameter,
                    Properties = [new ResourcePropertySnapshot("parameter.secret", parameter.Secret)],
                }
            );

    private sealed class ConstantParameterDefault(Func<string> getValue) : ParameterDefault
    {
        public override string GetDefaultValue() => getValue();

        public override void WriteToManifest(ManifestPublishingContext context) =>
            context.Writer.WriteString("value", GetDefaultValue());
    }

    /// <summary>A default that is made once, and then found again.</summary>
    private sealed class UserSecretsParameterDefault(UserSecretsStore store, string key, ParameterDefault inner)
        : ParameterDefault
    {
        public override string GetDefaultValue() => store.GetOrAdd(key, inner.GetDefaultValue);

        public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
    }
}

/// <summary>A connection string that the configuration has.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
{
    private readonly string? _environmentVariable;

    public ConnectionStringParameterResource(
        string name,
        Func<ParameterDefault?, string> callback,
        string? environmentVariable
    )
        : base(name, callback, secret: true)
    {
        IsConnectionString = true;
        _environmentVariable = environmentVariable;
    }

    public ReferenceExpression ConnectionStringExpression => new("{0}", [this], [ValueExpression], [null]);

    string? IResourceWithConnectionString.ConnectionStringEnvironmentVariable => _environmentVariable;

    IEnumerable<object> IValueWithReferences.References => [];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);

    ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(
        ValueProviderContext context,
        CancellationToken cancellationToken
    ) => GetValueAsync(cancellationToken);

    string IManifestExpressionProvider.ValueExpression => ValueExpression;
}
