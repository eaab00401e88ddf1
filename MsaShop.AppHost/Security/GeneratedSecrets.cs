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
    /// <summary>Adds a secret parameter of at least <paramref name="minLength"/> letters and digits.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedPassword(
        this IDistributedApplicationBuilder builder,
        string name,
        int minLength = 22
    ) =>
        builder.AddParameter(
            name,
            new GenerateParameterDefault { MinLength = minLength, Special = false },
            secret: true,
            persist: !builder.ThrowsDataAway()
        );

    /// <summary>
    /// Adds the key pair that signs access tokens: ES256 (NIST P-256). The private key, PKCS #8 in base64, is the
    /// parameter <c>token-signing-key</c>, for user-svc alone; everyone else gets the public key derived from it.
    /// In publish mode the public key is a parameter too, for the private one is in the cluster already.
    /// </summary>
    public static TokenKeys AddTokenKeys(this IDistributedApplicationBuilder builder)
    {
        var signingKey = builder.AddParameter(
            "token-signing-key",
            new GeneratedSigningKey(),
            secret: true,
            persist: !builder.ThrowsDataAway()
        );
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
