using System.Security.Cryptography;
using Aspire.Hosting.Publishing;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Security;

/// <summary>
/// Secrets that are generated once on a developer's machine and kept in user secrets. A shop with throwaway data does
/// not keep them.
/// </summary>
internal static class GeneratedSecrets
{
    /// <summary>Adds a generated password of letters and digits.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedPassword(
        this IDistributedApplicationBuilder builder,
        string name,
        string description
    ) =>
        builder
            .AddParameter(
                name,
                new GenerateParameterDefault { MinLength = 22, Special = false },
                secret: true,
                persist: !builder.ThrowsDataAway()
            )
            .WithDescription(description)
            .WithIconName("Password");

    /// <summary>
    /// Adds a key pair for signing tokens with ES256 (NIST P-256). The private key (PKCS #8 in base64) is the parameter
    /// <c>{name}-signing-key</c>, for one service only; the others get the public key derived from it. In publish mode
    /// the public key is a parameter too, because the private key exists in the cluster only.
    /// </summary>
    /// <param name="name">The service whose key it is, or <c>token</c> for the key of access tokens.</param>
    public static TokenKeys AddTokenKeys(this IDistributedApplicationBuilder builder, string name, string purpose)
    {
        var signingKey = builder
            .AddParameter(
                $"{name}-signing-key",
                new GeneratedSigningKey(),
                secret: true,
                persist: !builder.ThrowsDataAway()
            )
            .WithDescription($"{purpose}: an ES256 private key, PKCS #8 in base64.")
            .WithIconName("Signature");
        var publicKey = builder.ExecutionContext.IsPublishMode ? builder.AddParameter($"{name}-public-key") : null;
        return new TokenKeys(signingKey, publicKey);
    }

    /// <summary>Lets the service sign access tokens, and verify them.</summary>
    public static IResourceBuilder<ProjectResource> WithTokenSigning(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithTokenValidation(keys).WithEnvironment("AccessTokens__SigningKey", keys.SigningKey);

    /// <summary>Lets the service verify access tokens offline: the cluster lets few services call user-svc.</summary>
    public static IResourceBuilder<ProjectResource> WithTokenValidation(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithPublicKey("AccessTokens__PublicKey", keys);

    /// <summary>Lets the service call other services' <c>/internal</c> endpoints in its own name.</summary>
    public static IResourceBuilder<ProjectResource> WithServiceTokens(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithEnvironment("ServiceTokens__Key", keys.SigningKey);

    /// <summary>Lets the service trust the tokens of a calling service.</summary>
    public static IResourceBuilder<ProjectResource> WithCaller(
        this IResourceBuilder<ProjectResource> service,
        string caller,
        TokenKeys keys
    ) => service.WithPublicKey($"ServiceTokens__Callers__{caller}", keys);

    private static IResourceBuilder<ProjectResource> WithPublicKey(
        this IResourceBuilder<ProjectResource> service,
        string variable,
        TokenKeys keys
    ) =>
        keys.PublicKey is { } publicKey
            ? service.WithEnvironment(variable, publicKey)
            : service.WithEnvironment(async context =>
            {
                var signingKey = await keys.SigningKey.Resource.GetValueAsync(context.CancellationToken);
                using var key = ECDsa.Create();
                key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey!), out _);
                context.EnvironmentVariables[variable] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
            });

    private sealed class GeneratedSigningKey : ParameterDefault
    {
        public override string GetDefaultValue()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
        }

        // A manifest cannot describe an EC key; whoever deploys supplies it.
        public override void WriteToManifest(ManifestPublishingContext context) { }
    }
}

/// <param name="SigningKey">For the one service that signs with it.</param>
/// <param name="PublicKey">Null in run mode, where it is derived from the private key.</param>
internal sealed record TokenKeys(
    IResourceBuilder<ParameterResource> SigningKey,
    IResourceBuilder<ParameterResource>? PublicKey
);
