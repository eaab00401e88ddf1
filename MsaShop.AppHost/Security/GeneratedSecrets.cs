using System.Security.Cryptography;
using Aspire.Hosting.Publishing;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Security;

/// <summary>
/// Secrets that a developer's machine makes for itself, once, and keeps in user secrets; those of a shop whose data goes
/// when it ends go with it.
/// </summary>
internal static class GeneratedSecrets
{
    /// <summary>Adds a password of letters and digits.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="description">What it is for, in the dashboard.</param>
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
    /// Adds a key pair that signs tokens: ES256 (NIST P-256). The private key, PKCS #8 in base64, is the parameter
    /// <c>{name}-signing-key</c>, for one service alone; everyone else gets the public key derived from it.
    /// In publish mode the public key is a parameter too, for the private one is in the cluster already.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Whose key it is, or <c>token</c> for the one of access tokens.</param>
    /// <param name="purpose">What it is for, in the dashboard.</param>
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

    /// <summary>Lets the service sign access tokens, and check them.</summary>
    public static IResourceBuilder<ProjectResource> WithTokenSigning(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithTokenValidation(keys).WithEnvironment("AccessTokens__SigningKey", keys.SigningKey);

    /// <summary>Lets the service check access tokens without asking user-svc, which the cluster would not allow.</summary>
    public static IResourceBuilder<ProjectResource> WithTokenValidation(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithPublicKey("AccessTokens__PublicKey", keys);

    /// <summary>Lets the service call others' endpoints under <c>/internal</c> in its own name.</summary>
    public static IResourceBuilder<ProjectResource> WithServiceTokens(
        this IResourceBuilder<ProjectResource> service,
        TokenKeys keys
    ) => service.WithEnvironment("ServiceTokens__Key", keys.SigningKey);

    /// <summary>Lets the service believe another one's tokens.</summary>
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

        // A manifest has no way to say "an EC key": who deploys supplies it.
        public override void WriteToManifest(ManifestPublishingContext context) { }
    }
}

/// <summary>The two halves of a token key.</summary>
/// <param name="SigningKey">The private key, for the one service that signs with it.</param>
/// <param name="PublicKey">The public key; null in run mode, where it is derived from the private one.</param>
internal sealed record TokenKeys(
    IResourceBuilder<ParameterResource> SigningKey,
    IResourceBuilder<ParameterResource>? PublicKey
);
