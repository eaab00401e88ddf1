using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace MsaShop.AppHost.Security;

/// <summary>Secrets that a developer's machine makes for itself, once, and keeps in user secrets.</summary>
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
    ) => builder.AddGenerated(name, minLength: 22).WithDescription(description).WithIconName("Password");

    /// <summary>Adds the key that services sign and check their tokens for each other with.</summary>
    public static IResourceBuilder<ParameterResource> AddServiceKey(this IDistributedApplicationBuilder builder) =>
        builder
            .AddGenerated("service-token-key", minLength: 44)
            .WithDescription("Services sign their calls of each other with it.")
            .WithIconName("Key");

    /// <summary>
    /// Adds the key pair that signs access tokens: ES256 (NIST P-256). The private key, PKCS #8 in base64, is the
    /// parameter <c>token-signing-key</c>, for user-svc alone; everyone else gets the public key derived from it.
    /// In publish mode the public key is a parameter too, for the private one is in the cluster already.
    /// </summary>
    public static TokenKeys AddTokenKeys(this IDistributedApplicationBuilder builder)
    {
        var signingKey = builder
            .AddParameter("token-signing-key", new GeneratedSigningKey(), secret: true, persist: true)
            .WithDescription("user-svc signs access tokens with it: an ES256 private key, PKCS #8 in base64.")
            .WithIconName("Signature");
        var publicKey = builder.ExecutionContext.IsPublishMode ? builder.AddParameter("token-public-key") : null;
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
    ) =>
        keys.PublicKey is { } publicKey
            ? service.WithEnvironment("AccessTokens__PublicKey", publicKey)
            : service.WithEnvironment(async context =>
            {
                var signingKey = await keys.SigningKey.Resource.GetValueAsync(context.CancellationToken);
                using var key = ECDsa.Create();
                key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey!), out _);
                context.EnvironmentVariables["AccessTokens__PublicKey"] = Convert.ToBase64String(
                    key.ExportSubjectPublicKeyInfo()
                );
            });

    private static IResourceBuilder<ParameterResource> AddGenerated(
        this IDistributedApplicationBuilder builder,
        string name,
        int minLength
    ) =>
        builder.AddParameter(
            name,
            new GenerateParameterDefault { MinLength = minLength, Special = false },
            secret: true,
            persist: true
        );

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

/// <summary>The two halves of the token key.</summary>
/// <param name="SigningKey">The private key, for user-svc.</param>
/// <param name="PublicKey">The public key; null in run mode, where it is derived from the private one.</param>
internal sealed record TokenKeys(
    IResourceBuilder<ParameterResource> SigningKey,
    IResourceBuilder<ParameterResource>? PublicKey
);
