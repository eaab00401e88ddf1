using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Tokens with which one service calls another's <c>/internal</c> endpoints: JWTs for one callee, valid for five
/// minutes, signed with ES256 and a key that the caller alone has, <c>ServiceTokens:Key</c> (PKCS #8 in base64). A
/// service believes those whose public keys it is told, <c>ServiceTokens:Callers:{name}</c> (SubjectPublicKeyInfo in base64), each
/// in its own name. So a key that leaks is one service's, and opens what that service may call.
/// </summary>
/// <param name="configuration">Where the key is.</param>
/// <param name="self">The service that calls.</param>
/// <param name="time">The clock.</param>
public sealed class ServiceTokens(IConfiguration configuration, ServiceIdentity self, TimeProvider time)
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "ServiceToken";

    /// <summary>Under which path the endpoints are that want such a token.</summary>
    internal const string Path = "/internal";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>For how long a token is brought along again.</summary>
    private static readonly TimeSpan s_reuse = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new();

    // Only when it is wanted: who calls nobody has no key.
    private readonly Lazy<SigningCredentials> _credentials = new(() =>
        new SigningCredentials(ReadKey(configuration), SecurityAlgorithms.EcdsaSha256)
    );

    private readonly ConcurrentDictionary<string, (string Token, DateTime MadeAt)> _made = new();

    /// <summary>A token for calling this service: valid for four minutes at least.</summary>
    public string CreateFor(string callee)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (_made.TryGetValue(callee, out var last) && now - last.MadeAt < s_reuse && now >= last.MadeAt)
        {
            return last.Token;
        }

        var token = Create(callee, s_lifetime);
        _made[callee] = (token, now);
        return token;
    }

    /// <summary>A token of this service's that says more than who it is.</summary>
    internal string Create(string audience, TimeSpan lifetime, params (string Name, object Value)[] claims)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = audience,
                Claims = new Dictionary<string, object>(
                    claims.Select(claim => KeyValuePair.Create(claim.Name, claim.Value))
                )
                {
                    [AccessTokens.SubjectClaim] = self.Name,
                },
                IssuedAt = now,
                NotBefore = now,
                Expires = now + lifetime,
                SigningCredentials = _credentials.Value,
            }
        );
    }

    /// <summary>What makes a token for this audience a good one.</summary>
    internal static TokenValidationParameters RulesFor(string audience, IConfiguration configuration)
    {
        var callers = configuration
            .GetSection("ServiceTokens:Callers")
            .GetChildren()
            .ToDictionary(caller => caller.Key, caller => AccessTokens.ReadPublicKey(caller.Value!));
        return new TokenValidationParameters
        {
            ValidIssuer = AccessTokens.Issuer,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            // Whoever it says that it is from, it must be signed with that one's key.
            IssuerSigningKeyResolver = (_, token, _, _) =>
                token is JsonWebToken { Subject: { } name } && callers.TryGetValue(name, out var key) ? [key] : [],
            ValidAudience = audience,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
    }

    private static ECDsaSecurityKey ReadKey(IConfiguration configuration)
    {
        var pkcs8 = Convert.FromBase64String(
            configuration["ServiceTokens:Key"]
                ?? throw new InvalidOperationException("ServiceTokens:Key is not configured.")
        );
        // Lives as long as the process.
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new ECDsaSecurityKey(key);
    }
}

/// <summary>Brings a service token along with each request.</summary>
internal sealed class ServiceTokenHandler(ServiceTokens tokens, string callee) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.CreateFor(callee));
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Checks service tokens.</summary>
internal static class ServiceTokenExtensions
{
    public static AuthenticationBuilder AddServiceTokens(
        this AuthenticationBuilder authentication,
        WebApplicationBuilder builder
    )
    {
        builder.Services.AddSingleton<ServiceTokens>();
        return authentication.AddJwtBearer(
            ServiceTokens.Scheme,
            options =>
            {
                options.MapInboundClaims = false;
                options.UseCachingTokenHandler();
                options.TokenValidationParameters = ServiceTokens.RulesFor(
                    builder
                        .Services.Select(service => service.ImplementationInstance)
                        .OfType<ServiceIdentity>()
                        .Single()
                        .Name,
                    builder.Configuration
                );
            }
        );
    }
}
