using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.Testing;

/// <summary>Tokens that a service under test believes, and the configuration that makes it do so.</summary>
public static class TestTokens
{
    private static readonly ECDsa s_key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // All services' own: a service under test believes a caller by its name, so each still is one caller alone.
    private static readonly ECDsa s_serviceKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly string[] s_callers = [ServiceNames.Gateway, ServiceNames.Orders, ServiceNames.Payments];

    /// <summary>What every service is configured with.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>(
            s_callers.Select(caller =>
                KeyValuePair.Create<string, string?>(
                    $"ServiceTokens:Callers:{caller}",
                    Convert.ToBase64String(s_serviceKey.ExportSubjectPublicKeyInfo())
                )
            )
        )
        {
            ["AccessTokens:PublicKey"] = Convert.ToBase64String(s_key.ExportSubjectPublicKeyInfo()),
            ["ServiceTokens:Key"] = Convert.ToBase64String(s_serviceKey.ExportPkcs8PrivateKey()),
        };

    /// <summary>What user-svc alone is configured with besides: <c>AccessTokens:SigningKey</c>.</summary>
    public static string SigningKey { get; } = Convert.ToBase64String(s_key.ExportPkcs8PrivateKey());

    /// <summary>A user's access token, as user-svc makes them.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="email">The user's e-mail address; by default one made of the id.</param>
    /// <param name="admin">Whether the user is an administrator.</param>
    /// <param name="lifetime">How long the token is valid; a negative time makes one that has expired.</param>
    public static string AccessToken(
        long userId,
        string? email = null,
        bool admin = false,
        TimeSpan? lifetime = null
    ) => AccessToken(userId, email, admin, lifetime, s_key);

    /// <summary>An access token that looks right but is signed by someone else.</summary>
    public static string ForgedAccessToken(long userId, bool admin = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return AccessToken(userId, null, admin, null, key);
    }

    /// <summary>The cookie of a browser in which this user has signed in, as user-svc makes them.</summary>
    public static string DeviceCookie(long userId) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = "msa-shop device",
                Claims = new Dictionary<string, object>
                {
                    [AccessTokens.SubjectClaim] = userId.ToString(CultureInfo.InvariantCulture),
                    [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                },
                Expires = DateTime.UtcNow.AddDays(365),
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(s_key),
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );

    /// <summary>A token with which one service calls another.</summary>
    /// <param name="caller">Who calls, one of <see cref="ServiceNames"/>.</param>
    /// <param name="callee">Who is called.</param>
    public static string ServiceToken(string caller, string callee) => ServiceToken(caller, callee, Settings);

    /// <summary>A service token that says that it is from this caller but is signed by someone else.</summary>
    public static string ForgedServiceToken(string caller, string callee)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ServiceToken(
            caller,
            callee,
            new Dictionary<string, string?>
            {
                ["ServiceTokens:Key"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            }
        );
    }

    private static string ServiceToken(
        string caller,
        string callee,
        IEnumerable<KeyValuePair<string, string?>> settings
    ) =>
        new ServiceTokens(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            new ServiceIdentity(caller),
            TimeProvider.System
        ).CreateFor(callee);

    /// <summary>The gateway's proof that a user is an administrator now; it lasts as long as a slow test needs it.</summary>
    /// <param name="callee">The service that it is for.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="caller">Who has made it, one of <see cref="ServiceNames"/>.</param>
    /// <param name="age">How long ago it was made; after an hour it has expired.</param>
    public static string AdminProof(
        string callee,
        long userId,
        string caller = ServiceNames.Gateway,
        TimeSpan age = default
    )
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var self = new ServiceIdentity(caller);
        var proofs = new AdminProofs(configuration, self, new ServiceTokens(configuration, self, new Earlier(age)))
        {
            Lifetime = TimeSpan.FromHours(1),
        };
        return proofs.Create(callee, userId);
    }

    private sealed class Earlier(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }

    private static string AccessToken(long userId, string? email, bool admin, TimeSpan? lifetime, ECDsa key)
    {
        var now = DateTime.UtcNow;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(15));
        var issued = (expires < now ? expires : now).AddMinutes(-15);
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = AccessTokens.Issuer,
                Claims = new Dictionary<string, object>
                {
                    [AccessTokens.SubjectClaim] = userId.ToString(CultureInfo.InvariantCulture),
                    [AccessTokens.EmailClaim] = email ?? $"user{userId}@example.com",
                    [AccessTokens.RoleClaim] = admin ? AccessTokens.AdminRole : "USER",
                },
                IssuedAt = issued,
                NotBefore = issued,
                Expires = expires,
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(key)
                    {
                        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
                    },
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );
    }
}
